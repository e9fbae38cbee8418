namespace Dataverse.Sync;

/// <summary>The arguments of <see cref="ISyncRule.RecordsWantedAsync"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Kind">
/// Whether the run reads the modified records (<see cref="SyncJobKind.Modified"/>) or all
/// (<see cref="SyncJobKind.Full"/>).
/// </param>
public sealed record RecordsWantedArguments(SyncRunContext Run, SyncJobKind Kind);
