namespace Dataverse.Sync.Execution;

/// <summary>How one run of one mapping decides: the mapping, what the run was asked for, and where time and new ids come from.</summary>
internal sealed record RunSettings
{
    public required CompiledMapping Mapping { get; init; }

    public required SyncJobKind Kind { get; init; }

    public required SyncRunOptions Options { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required Func<Guid> NewId { get; init; }

    /// <summary>How long a system may still be working on a request whose answer was lost.</summary>
    public required TimeSpan UncertainWriteWindow { get; init; }

    /// <summary>What a person decided about an open conflict; null in every other run.</summary>
    public ConflictChoices? Choices { get; init; }

    /// <summary>What a person decided about deleted records; null follows the mapping and its rules.</summary>
    public DeletionPolicy? DeletionDecision { get; init; }

    public DateTimeOffset Now => TimeProvider.GetUtcNow();

    public bool IsFull => Kind == SyncJobKind.Full;

    /// <summary>Whether the run only couples what matches and synchronizes nothing.</summary>
    public bool OnlyMatches => Kind == SyncJobKind.Coupling;

    public bool OnlyCoupledRecords => Options.OnlyCoupledRecords
        ?? (Kind == SyncJobKind.Modified && Mapping.Mapping.SynchronizesOnlyCoupledRecords);

    public PlanPolicy Policy => field ??= new()
    {
        Conflicts = Options.UpdateConflictPolicy ?? Mapping.Mapping.UpdateConflictPolicy,
        First = Options.FirstSynchronization ?? (IsFull ? FirstSynchronization.LocalWins : FirstSynchronization.Conflict),
        CorrectsDrift = IsFull,
    };
}
