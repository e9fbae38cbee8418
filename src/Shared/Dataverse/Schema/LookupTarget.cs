namespace Dataverse.Sync.Shared;

/// <summary>A table that a lookup may refer to.</summary>
/// <param name="Table">Its logical name.</param>
/// <param name="NavigationProperty">The property by which the Web API writes a reference to it, with its letter case; empty
/// where the connector needs none.</param>
internal sealed record LookupTarget(string Table, string NavigationProperty);
