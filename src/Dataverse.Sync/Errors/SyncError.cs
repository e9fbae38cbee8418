namespace Dataverse.Sync;

/// <summary>The reason why a record was not synchronized.</summary>
/// <param name="Code">
/// A stable code: one of <see cref="SyncErrorCodes"/>, or a code of the system that reported the error.
/// </param>
/// <param name="Message">
/// A sentence for people. A message from a system may contain field values, so it is stored with the job but never
/// logged.
/// </param>
/// <param name="Field">The field or field mapping that caused the error, or null if unknown.</param>
public sealed record SyncError(string Code, string Message, string? Field = null);
