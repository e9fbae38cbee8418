namespace Dataverse.Sync.Shared;

/// <summary>A write and its result so far.</summary>
internal sealed class PendingWrite(WriteOperation operation, Guid id)
{
    /// <summary>The operation as the engine gave it.</summary>
    public WriteOperation Operation { get; } = operation;

    /// <summary>The record; for an insert the chosen id, or the zero GUID where the system chooses it.</summary>
    public Guid Id { get; } = id;

    /// <summary>The result; null until there is one.</summary>
    public WriteResult? Result { get; private set; }

    /// <summary>
    /// The connection failure because of which the write was not performed; null where there was none.
    /// </summary>
    public ConnectorException? Failure { get; private set; }

    /// <summary>
    /// Whether an earlier attempt without a response may have performed the write, so that it may encounter its own
    /// work.
    /// </summary>
    public bool MayHaveRun { get; set; }

    /// <summary>
    /// Whether the service has refused a message with this insert because one of its records exists, so that something
    /// on the way may have sent the message twice.
    /// </summary>
    public bool MayExist { get; set; }

    /// <summary>What the write does.</summary>
    public WriteKind Kind => Operation.Kind;

    /// <summary>The write was performed.</summary>
    /// <param name="version">The record's version after the write; null when unknown.</param>
    /// <param name="id">The record's id, where the system chose it.</param>
    /// <param name="record">The record after the write; null when unknown.</param>
    public void Applied(string? version = null, Guid? id = null, TableRecord? record = null) =>
        Result = new WriteResult { Status = WriteStatus.Applied, Id = id ?? Id, Version = version, Record = record };

    /// <summary>The write was not performed, or it is not known whether it was.</summary>
    /// <param name="status">What is known.</param>
    /// <param name="error">Why.</param>
    /// <param name="contradictsSchema">Whether the refusal contradicts the schema.</param>
    public void Refused(WriteStatus status, SyncError error, bool contradictsSchema = false)
    {
        var mayExist = status == WriteStatus.Unknown && Kind != WriteKind.Insert;
        Result = new WriteResult
        {
            Status = status,
            Id = mayExist ? Id : Guid.Empty,
            Error = error,
            ContradictsSchema = contradictsSchema,
        };
    }

    /// <summary>The connection failed before the write was performed.</summary>
    public void Failed(ConnectorException failure)
    {
        Failure = failure;
        Refused(WriteStatus.Transient, new SyncError(failure.ErrorCode ?? SyncErrorCodes.Transient, failure.Message));
    }

    /// <summary>
    /// The write was not sent, because the time for it was over. A result from an earlier attempt stays.
    /// </summary>
    public void TooLate()
    {
        if (Result is null)
        {
            Refused(
                WriteStatus.Transient,
                new SyncError(SyncErrorCodes.Transient, "The write was not sent, because the time for it was over."));
        }
    }

    /// <summary>The response was lost: the write is uncertain until the record has been read.</summary>
    public void Uncertain()
    {
        MayHaveRun = true;
        Refused(WriteStatus.Unknown, new SyncError(SyncErrorCodes.OutcomeUnknown, "The response to the write was lost."));
    }
}
