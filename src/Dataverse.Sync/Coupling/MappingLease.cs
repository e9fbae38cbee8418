namespace Dataverse.Sync;

/// <summary>The exclusive right to run a mapping for a limited time.</summary>
/// <param name="Key">The mapping.</param>
/// <param name="Owner">The name of the owner, unique to a run.</param>
/// <param name="Token">
/// The fencing token, greater than that of every earlier lease of the mapping. A store refuses a commit with an older
/// one.
/// </param>
/// <param name="ExpiresOn">When the lease expires unless it is renewed.</param>
public sealed record MappingLease(MappingKey Key, string Owner, long Token, DateTimeOffset ExpiresOn);
