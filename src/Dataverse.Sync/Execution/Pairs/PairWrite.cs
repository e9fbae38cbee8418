namespace Dataverse.Sync.Execution;

/// <summary>A planned pair with its journaled writes.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Plan">The plan. A plan that fails or skips the pair has no writes.</param>
/// <param name="Operations">The write to each side, or null if there is none.</param>
/// <param name="Intents">The intent of each write.</param>
internal sealed record PairWrite(Pair Pair, PairPlan Plan, Sides<WriteOperation?> Operations, Sides<Intent?> Intents)
{
    public bool HasOperations => Operations.Local is not null || Operations.Integration is not null;
}
