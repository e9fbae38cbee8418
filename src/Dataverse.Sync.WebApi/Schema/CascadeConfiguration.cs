namespace Dataverse.Sync.WebApi;

/// <summary>What happens to the rows of a relationship. Further members are ignored.</summary>
internal sealed record CascadeConfiguration(string? Delete);
