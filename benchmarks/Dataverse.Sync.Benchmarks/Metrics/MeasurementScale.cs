namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>How many records are measured; every count follows from that of a first full run.</summary>
internal sealed record MeasurementScale
{
    private const int DefaultRecords = 10_000;

    /// <summary>The records of the runs that metrics call 10k.</summary>
    public int Records { get; init; } = DefaultRecords;

    /// <summary>The changed records of the runs that metrics call 1k.</summary>
    public int Changed => Records / 10;

    /// <summary>The coupled records of which some were changed, and the couplings of a store: 100,000 by default.</summary>
    public int Coupled => Records * 10;

    /// <summary>The records of the runs that metrics call 1m.</summary>
    public int Million => Records * 100;
}
