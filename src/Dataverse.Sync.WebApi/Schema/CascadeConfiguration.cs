namespace Dataverse.Sync.WebApi;

/// <summary>The behavior of a relationship. Further members are ignored.</summary>
internal sealed record CascadeConfiguration(string? Delete);
