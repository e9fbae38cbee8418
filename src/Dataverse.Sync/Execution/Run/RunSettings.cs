namespace Dataverse.Sync.Execution;

/// <summary>
/// The settings of one run of one mapping: the mapping, what was requested, the clock, and the source of new ids.
/// </summary>
internal sealed record RunSettings
{
    public required CompiledMapping Mapping { get; init; }

    public required SyncJobKind Kind { get; init; }

    public required SyncRunOptions Options { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required Func<Guid> NewId { get; init; }

    /// <summary>How the ids of new records are chosen.</summary>
    public NewRecordIds NewRecordIds { get; init; }

    /// <summary>How long a system may still be processing a request whose response was lost.</summary>
    public required TimeSpan UncertainWriteWindow { get; init; }

    /// <summary>The decision of a person about an open conflict; null in any other run.</summary>
    public ConflictChoices? Choices { get; init; }

    /// <summary>The decision of a person about deleted records, or null to follow the mapping and its rules.</summary>
    public DeletionPolicy? DeletionDecision { get; init; }

    /// <summary>
    /// The mappings whose lookups lead round in a circle through this one, itself included; empty if there are none.
    /// </summary>
    public IReadOnlySet<string> Circle { get; init; } = new HashSet<string>();

    /// <summary>The uncertain inserts of the other mappings over the same tables.</summary>
    public IReadOnlyList<Intent> InsertsElsewhere { get; init; } = [];

    /// <summary>
    /// The records that contradicted the schemas with which the run began. They are tried again with the current ones,
    /// even if the run has just skipped them.
    /// </summary>
    public IReadOnlySet<RecordKey> Contradicted { get; init; } = new HashSet<RecordKey>();

    /// <summary>Whether the run continues one that has read all records, to set the references that were postponed.</summary>
    public bool IsContinued { get; init; }

    /// <summary>Whether a person decided that the records of the run have no partner yet, although some match.</summary>
    public bool CreatesDoubtful { get; init; }

    public DateTimeOffset Now => TimeProvider.GetUtcNow();

    public bool IsFull => Kind == SyncJobKind.Full;

    /// <summary>Whether the run only couples matching records and synchronizes nothing.</summary>
    public bool OnlyMatches => Kind == SyncJobKind.Coupling;

    public bool OnlyCoupledRecords => Options.OnlyCoupledRecords
        ?? (Kind == SyncJobKind.Modified && Mapping.Mapping.SynchronizesOnlyCoupledRecords);

    /// <summary>Whether a record waits for one of a mapping in the circle, which may be created in the same run.</summary>
    public bool WaitsInCircle(RecordFailure failure) =>
        failure.State == RecordFailureState.Waiting && IsInCircle(failure.Awaited);

    /// <summary>Whether an awaited coupling is one of a mapping in the circle.</summary>
    public bool IsInCircle(AwaitedCoupling? awaited) => Circle.Count > 0
        && awaited?.All().Any(coupling => coupling.Mappings.Any(Circle.Contains)) == true;

    public PlanPolicy Policy => field ??= new()
    {
        Conflicts = Options.UpdateConflictPolicy ?? Mapping.Mapping.UpdateConflictPolicy,
        First = Options.FirstSynchronization
            ?? (IsFull ? FirstSynchronization.LocalWins : FirstSynchronization.Conflict),
        CorrectsDrift = IsFull,
    };
}
