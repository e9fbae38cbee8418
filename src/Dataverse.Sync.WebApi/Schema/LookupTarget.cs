namespace Dataverse.Sync.WebApi;

/// <summary>A table that a lookup may refer to.</summary>
/// <param name="Table">Its logical name.</param>
/// <param name="NavigationProperty">The property by which a reference to it is written, with its letter case.</param>
internal sealed record LookupTarget(string Table, string NavigationProperty);
