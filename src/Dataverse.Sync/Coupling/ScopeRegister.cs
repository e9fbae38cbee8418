namespace Dataverse.Sync;

/// <summary>The scopes of a coupling store.</summary>
/// <param name="Revision">A number that grows with every change of an entry.</param>
/// <param name="Scopes">The scopes, each name once.</param>
public sealed record ScopeRegister(long Revision, IReadOnlyList<RegisteredScope> Scopes);
