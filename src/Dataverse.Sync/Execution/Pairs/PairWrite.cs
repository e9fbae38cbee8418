namespace Dataverse.Sync.Execution;

/// <summary>A planned pair with its writes and their intents, all journaled.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Plan">The plan; one that fails or skips the pair has no writes.</param>
/// <param name="Operations">The write to each side; null where there is none.</param>
/// <param name="Intents">The intent of each write.</param>
internal sealed record PairWrite(Pair Pair, PairPlan Plan, Sides<WriteOperation?> Operations, Sides<Intent?> Intents)
{
    public bool HasOperations => Operations.Local is not null || Operations.Integration is not null;
}
