using System.Globalization;
using Dataverse.Sync.Benchmarks.Metrics;

namespace Dataverse.Sync.Benchmarks.Report;

/// <summary>The results as aligned text.</summary>
internal static class ResultTable
{
    public static async Task WriteAsync(TextWriter output, IReadOnlyList<MetricResult> results)
    {
        await output.WriteLineAsync(Row("metric", "value", "goal", "met", "made of"));
        foreach (var result in results)
        {
            var goal = (result.Metric.IsAtLeast ? ">= " : "<= ") + Number(result.Metric.Goal);
            await output.WriteLineAsync(Row(result.Metric.Name, Number(result.Value), goal, result.Metric.IsMet(result.Value) ? "yes" : "NO", result.Source));
        }

        var missed = results.Count(result => !result.Metric.IsMet(result.Value));
        await output.WriteLineAsync(missed == 0 ? "All goals are met." : $"{missed} of {results.Count} goals are missed.");
    }

    private static string Row(string metric, string value, string goal, string met, string source) =>
        $"{metric,-25} {value,10} {goal,9} {met,-4} {source}";

    private static string Number(double value) => value.ToString(value < 100 ? "0.###" : "#,0", CultureInfo.InvariantCulture);
}
