using Dataverse.Sync;

namespace QuickStart;

/// <summary>What one phase of the tour did.</summary>
/// <param name="Name">The phase's name in the report.</param>
/// <param name="Mappings">The counters of every mapping, in the order in which they run; zeros for one that did not.</param>
/// <param name="Requests">HTTP requests that each service received.</param>
/// <param name="Writes">Rows that each service inserted, changed, or deleted for them.</param>
internal sealed record Phase(string Name, IReadOnlyList<KeyValuePair<string, SyncCounters>> Mappings, Traffic Requests, Traffic Writes);
