using Dataverse.Sync.Benchmarks.Metrics;

namespace Dataverse.Sync.Benchmarks.Report;

/// <summary>The verb <c>report</c>: arguments in, table, file, and exit code out.</summary>
internal static class ReportCommand
{
    private const int Success = 0;
    private const int BadArguments = 2;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        ReportArguments given;
        try
        {
            given = ReportArguments.Parse(arguments);
        }
        catch (UsageException wrong)
        {
            await error.WriteLineAsync($"error: {wrong.Message}{Environment.NewLine}{Environment.NewLine}{ReportArguments.Usage}");
            return BadArguments;
        }

        var results = await MeasureAsync(given, error, cancellationToken);
        await ResultTable.WriteAsync(output, results);
        if (given.JsonFile is { } file)
        {
            await JsonReport.WriteAsync(file, results, cancellationToken);
        }

        return Success;
    }

    private static async Task<IReadOnlyList<MetricResult>> MeasureAsync(ReportArguments given, TextWriter progress, CancellationToken cancellationToken)
    {
        bool IsWanted(Metric metric) => given.Only?.Contains(metric.Name) != false;
        var results = new List<MetricResult>();
        foreach (var measurement in Measurements.All.Where(measurement => measurement.Metrics.Any(IsWanted)))
        {
            await progress.WriteLineAsync($"measuring {string.Join(", ", measurement.Metrics.Select(metric => metric.Name))} …");
            results.AddRange((await measurement.MeasureAsync(given.Scale, cancellationToken)).Where(result => IsWanted(result.Metric)));
        }

        return results;
    }
}
