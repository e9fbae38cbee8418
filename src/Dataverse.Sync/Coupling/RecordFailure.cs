namespace Dataverse.Sync;

/// <summary>A record that could not be synchronized, stored until it is, whether or not it is coupled.</summary>
public sealed record RecordFailure
{
    /// <summary>The record that was being synchronized.</summary>
    public required RecordKey Record { get; init; }

    /// <summary>For what the record waits.</summary>
    public required RecordFailureState State { get; init; }

    /// <summary>Why it failed last.</summary>
    public required SyncError Error { get; init; }

    /// <summary>
    /// How many times in a row it failed with this error; at least 1. Another error starts at 1 again.
    /// </summary>
    public required int Attempts { get; init; }

    /// <summary>When it first failed, by the clock of the engine.</summary>
    public required DateTimeOffset FirstFailedOn { get; init; }

    /// <summary>When it failed last, by the clock of the engine.</summary>
    public required DateTimeOffset LastFailedOn { get; init; }

    /// <summary>
    /// When the record becomes due for another attempt, or null if a person must retry it or another record must change.
    /// </summary>
    public DateTimeOffset? NextTryOn { get; init; }

    /// <summary>The coupling for which the record waits, or null if it waits for none.</summary>
    public AwaitedCoupling? Awaited { get; init; }

    /// <summary>The records that make the partner doubtful; empty unless the record is doubtful.</summary>
    public IReadOnlyList<MatchCandidate> Candidates { get; init; } = [];

    /// <summary>
    /// The <see cref="Fingerprint.OfVersion"/> of the record when it failed last, or zero if unknown.
    /// </summary>
    /// <remarks>
    /// A change feed that repeats the record in this version does not cause another attempt before it is due.
    /// </remarks>
    public ulong Version { get; init; }

    /// <summary>The <see cref="SyncJob.Id"/> of the job in which it failed last.</summary>
    public Guid JobId { get; init; }

    /// <summary>Whether trying it again without a decision by a person could create a duplicate.</summary>
    internal bool NeedsDecision =>
        State == RecordFailureState.Skipped && Error.Code == SyncErrorCodes.OutcomeUndecidable;
}
