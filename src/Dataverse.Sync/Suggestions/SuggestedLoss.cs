namespace Dataverse.Sync;

/// <summary>What a value may lose on its way between two suggested fields.</summary>
/// <param name="Target">The side to which the value travels.</param>
/// <param name="Kind">The loss.</param>
public sealed record SuggestedLoss(SyncSide Target, SuggestedLossKind Kind);
