using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>A write on its way to an answer.</summary>
internal sealed class PendingWrite(WriteOperation operation, Guid id)
{
    public WriteOperation Operation { get; } = operation;

    /// <summary>The record; for an insert the id that was chosen.</summary>
    public Guid Id { get; } = id;

    /// <summary>The JSON object to send; empty for a deletion.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The state that a new record takes on after it was created; empty where that is the active one.</summary>
    public ReadOnlyMemory<byte> StateBody { get; init; }

    /// <summary>The answer; null until there is one.</summary>
    public WriteResult? Result { get; private set; }

    /// <summary>The failure of the connection that kept the write from being answered.</summary>
    public ConnectorException? Failure { get; private set; }

    /// <summary>Whether an attempt may have been performed without an answer, so that this write may meet its own work.</summary>
    public bool MayHaveRun { get; set; }

    public WriteKind Kind => Operation.Kind;

    public void Applied(string? version = null, Guid? id = null) =>
        Result = new WriteResult { Status = WriteStatus.Applied, Id = id ?? Id, Version = version };

    public void Refused(WriteStatus status, SyncError error) =>
        Result = new WriteResult { Status = status, Error = error };

    public void Failed(ConnectorException failure)
    {
        Failure = failure;
        Refused(WriteStatus.Transient, new SyncError(failure.ErrorCode ?? SyncErrorCodes.Transient, failure.Message));
    }

    public void Lost() => Result = new WriteResult
    {
        Status = WriteStatus.Unknown,
        Id = Kind == WriteKind.Insert ? Guid.Empty : Id,
        Error = new SyncError(SyncErrorCodes.OutcomeUnknown, "The answer to the write was lost."),
    };

    public static SyncError ErrorOf(ServiceError error, int status) =>
        new(error.Code ?? $"HTTP {status}", error.Message ?? $"The service answered HTTP {status}.");
}
