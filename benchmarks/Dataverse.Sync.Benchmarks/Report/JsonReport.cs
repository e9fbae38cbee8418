using System.Text.Json;
using System.Text.Json.Nodes;
using Dataverse.Sync.Benchmarks.Metrics;

namespace Dataverse.Sync.Benchmarks.Report;

/// <summary>The values as a JSON file, for scripts.</summary>
internal static class JsonReport
{
    private const int Digits = 4;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Task WriteAsync(string file, IEnumerable<MetricResult> results, CancellationToken cancellationToken)
    {
        var metrics = new JsonObject(results.Select(result => KeyValuePair.Create(result.Metric.Name, (JsonNode?)Math.Round(result.Value, Digits))));
        return File.WriteAllTextAsync(file, new JsonObject { ["metrics"] = metrics }.ToJsonString(Indented) + "\n", cancellationToken);
    }
}
