using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Processes;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The memory of a first full run of a million records, and how its time per record compares with that of a run of ten thousand.</summary>
internal sealed class LargeRunMeasurement : IMeasurement
{
    private const int SmallRuns = 5;

    public IReadOnlyList<Metric> Metrics => [Metric.PeakMegabytes, Metric.Growth];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        var nothing = await LargeRun.InOwnProcessAsync(0, cancellationToken);
        var small = new List<LargeRunResult>();
        for (var run = 0; run < SmallRuns; run++)
        {
            small.Add(await LargeRun.InOwnProcessAsync(scale.Records, cancellationToken));
        }

        var large = await LargeRun.InOwnProcessAsync(scale.Million, cancellationToken);
        var each = Spread.Of(small.Select(run => run.MicrosecondsPerRecord));
        return
        [
            new(
                Metric.PeakMegabytes,
                large.PeakMegabytes,
                FormattableString.Invariant($"{large.Records} records; {nothing.PeakMegabytes:0} MB without any work, {small.Max(run => run.PeakMegabytes):0} MB with {scale.Records} records; heap after the run {large.HeapMegabytes:0} MB, of which {IdMegabytes(large.Records):0} MB are the accounts' ids; file {large.StoreMegabytes:0} MB")),
            new(
                Metric.Growth,
                large.MicrosecondsPerRecord / each.Median,
                FormattableString.Invariant($"{large.MicrosecondsPerRecord:0.#} µs a record of {large.Records} / {each.In("µs")} of {scale.Records}")),
        ];
    }

    private static double IdMegabytes(int records) => records * 16 / (1024.0 * 1024);
}
