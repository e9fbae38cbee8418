using Dataverse.Sync;

namespace QuickStart;

/// <summary>The results of one phase of the tour.</summary>
/// <param name="Name">The name of the phase in the report.</param>
/// <param name="Mappings">The counters of every mapping, in run order; zeros for a mapping that did not run.</param>
/// <param name="Requests">The number of HTTP requests that each service received.</param>
/// <param name="Writes">The number of rows that each service inserted, changed, or deleted.</param>
internal sealed record Phase(string Name, IReadOnlyList<KeyValuePair<string, SyncCounters>> Mappings, Traffic Requests, Traffic Writes);
