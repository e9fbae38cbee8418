namespace Dataverse.Sync;

/// <summary>A record that could not be synchronized, kept until it is, whether or not it is coupled.</summary>
public sealed record RecordFailure
{
    /// <summary>The record that was being synchronized.</summary>
    public required RecordKey Record { get; init; }

    /// <summary>What the record is waiting for.</summary>
    public required RecordFailureState State { get; init; }

    /// <summary>Why it failed last.</summary>
    public required SyncError Error { get; init; }

    /// <summary>How often in a row it was tried with this error; at least 1. Another error begins anew.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it first failed.</summary>
    public required DateTimeOffset FirstFailedOn { get; init; }

    /// <summary>When it failed last.</summary>
    public required DateTimeOffset LastFailedOn { get; init; }

    /// <summary>From when on a run tries it again without being asked; null for never.</summary>
    public DateTimeOffset? NextTryOn { get; init; }

    /// <summary>The record of another mapping whose coupling this one waits for; null when it does not wait for one.</summary>
    public AwaitedCoupling? Awaited { get; init; }

    /// <summary>
    /// The <see cref="Fingerprint.OfVersion"/> of the record's version when it failed last, so that a feed that delivers the same state
    /// again does not make it fail again before its time; zero when unknown.
    /// </summary>
    public ulong Version { get; init; }

    /// <summary>The job in which it failed last.</summary>
    public Guid JobId { get; init; }

    /// <summary>Whether to try again without a person's word could make a record twice.</summary>
    internal bool NeedsDecision => State == RecordFailureState.Skipped && Error.Code == SyncErrorCodes.OutcomeUndecidable;
}
