using Dataverse.Sync.Benchmarks.Metrics;

namespace Dataverse.Sync.Benchmarks.Report;

/// <summary>The verb <c>report</c>: arguments in, table, file, and exit code out.</summary>
internal static class ReportCommand
{
    private const int Success = 0;
    private const int MeasurementFailed = 1;
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

        try
        {
            return await RunAsync(given, output, error, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("error: stopped by Ctrl+C.");
            return MeasurementFailed;
        }
    }

    private static async Task<int> RunAsync(ReportArguments given, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var (results, failures) = await MeasureAsync(given, error, cancellationToken);
        await ResultTable.WriteAsync(output, results);
        if (given.JsonFile is { } file)
        {
            await JsonReport.WriteAsync(file, results, cancellationToken);
        }

        return failures == 0 ? Success : MeasurementFailed;
    }

    // One that breaks is told and left out: the others took minutes.
    private static async Task<(IReadOnlyList<MetricResult> Results, int Failures)> MeasureAsync(ReportArguments given, TextWriter messages, CancellationToken cancellationToken)
    {
        bool IsWanted(Metric metric) => given.Only?.Contains(metric.Name) != false;
        var (results, failures) = (new List<MetricResult>(), 0);
        foreach (var measurement in Measurements.All.Where(measurement => measurement.Metrics.Any(IsWanted)))
        {
            var names = string.Join(", ", measurement.Metrics.Select(metric => metric.Name));
            await messages.WriteLineAsync($"measuring {names} …");
            try
            {
                results.AddRange((await measurement.MeasureAsync(given.Scale, cancellationToken)).Where(result => IsWanted(result.Metric)));
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                failures++;
                await messages.WriteLineAsync($"error: {names} cannot be measured: {failure}");
            }
        }

        return (results, failures);
    }
}
