namespace Dataverse.Sync.PostgreSql;

/// <summary>A lease as it was stored.</summary>
/// <param name="Token">The fencing token.</param>
/// <param name="ExpiresOn">When the lease expires, by the store's clock.</param>
/// <param name="Now">The time of the store's clock.</param>
/// <param name="Writes">How often the mapping was written.</param>
internal sealed record HeldLease(long Token, DateTimeOffset ExpiresOn, DateTimeOffset Now, long Writes);
