namespace Dataverse.Sync;

/// <summary>The right to run one mapping, for a while.</summary>
/// <param name="Key">The mapping.</param>
/// <param name="Owner">Who holds the lease: a name unique to the engine instance.</param>
/// <param name="Token">The fencing token: greater than that of every earlier lease of the mapping. A store refuses a commit that carries an older one.</param>
/// <param name="ExpiresOn">Until when the lease holds unless it is renewed.</param>
public sealed record MappingLease(MappingKey Key, string Owner, long Token, DateTimeOffset ExpiresOn);
