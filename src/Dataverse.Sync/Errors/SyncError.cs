namespace Dataverse.Sync;

/// <summary>Why a record was not synchronized.</summary>
/// <param name="Code">A stable code: one of <see cref="SyncErrorCodes"/>, or the system's own.</param>
/// <param name="Message">A sentence for people. The system's own text may name values; it is stored with the job and never logged.</param>
/// <param name="Field">The field at fault, when known.</param>
public sealed record SyncError(string Code, string Message, string? Field = null);
