namespace Dataverse.Sync.Sqlite;

/// <summary>What a coupling file says of itself.</summary>
/// <param name="Identity">A random id, which copies share.</param>
/// <param name="Writes">How often the file was written. It only grows, so a smaller count is an older copy.</param>
/// <param name="KeyId">The id of the key with which values are encrypted; null if they are not.</param>
/// <param name="NeedsVacuum">Whether the file may still contain values as they were before a change of the key.</param>
internal sealed record FileFacts(Guid Identity, long Writes, byte[]? KeyId, bool NeedsVacuum);
