namespace Dataverse.Sync;

/// <summary>What <see cref="ISyncRule.PartnerWantedAsync"/> is told.</summary>
/// <param name="Run">The run.</param>
/// <param name="Side">The side that the record is from; its partner is on the other.</param>
/// <param name="Record">The uncoupled record.</param>
public sealed record PartnerWantedArguments(SyncRunContext Run, SyncSide Side, TableRecord Record);
