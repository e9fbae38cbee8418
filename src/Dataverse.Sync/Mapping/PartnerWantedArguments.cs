namespace Dataverse.Sync;

/// <summary>The arguments of <see cref="ISyncRule.PartnerWantedAsync"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Side">The side of the record; its partner is on the other side.</param>
/// <param name="Record">The uncoupled record.</param>
public sealed record PartnerWantedArguments(SyncRunContext Run, SyncSide Side, TableRecord Record);
