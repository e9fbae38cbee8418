using System.Text.Json;
using System.Text.Json.Nodes;
using Dataverse.Sync;

namespace QuickStart;

/// <summary>Writes the phases to a JSON file for scripts.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Task WriteAsync(string file, IEnumerable<Phase> phases, CancellationToken cancellationToken)
    {
        var report = new JsonObject { ["phases"] = new JsonArray([.. phases.Select(Describe)]) };
        return File.WriteAllTextAsync(file, report.ToJsonString(Indented) + "\n", cancellationToken);
    }

    private static JsonObject Describe(Phase phase) => new()
    {
        ["name"] = phase.Name,
        ["mappings"] = new JsonObject(phase.Mappings.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)Describe(item.Value)))),
        ["requests"] = Describe(phase.Requests),
        ["writes"] = Describe(phase.Writes),
    };

    private static JsonObject Describe(SyncCounters counters) =>
        new(counters.Named().Select(counter => KeyValuePair.Create(counter.Key, (JsonNode?)counter.Value)));

    private static JsonObject Describe(Traffic traffic) =>
        new() { ["businessCentral"] = traffic.BusinessCentral, ["dataverse"] = traffic.Dataverse };
}
