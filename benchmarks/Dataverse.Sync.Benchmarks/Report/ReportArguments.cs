using System.Globalization;
using Dataverse.Sync.Benchmarks.Metrics;

namespace Dataverse.Sync.Benchmarks.Report;

/// <summary>What the report is asked for on the command line.</summary>
internal sealed record ReportArguments
{
    public const string Usage = """
        report [--records N] [--json FILE] [--only NAME,NAME]

          --records N       records of the runs whose names say 10k; 10,000 by default, and the other counts change in proportion
          --json FILE       also writes {"metrics":{"name":value}} to FILE
          --only NAME,NAME  measures these metrics only
        """;

    private const int SmallestCount = 100;

    /// <summary>How much is measured.</summary>
    public MeasurementScale Scale { get; init; } = new();

    /// <summary>The file for the values; null for none.</summary>
    public string? JsonFile { get; init; }

    /// <summary>The names of the metrics that are wanted; null for all.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">It makes no sense.</exception>
    public static ReportArguments Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new ReportArguments();
        for (var index = 0; index < arguments.Count; index++)
        {
            parsed = arguments[index] switch
            {
                "--records" => parsed with { Scale = new() { Records = Count(ValueOf(arguments, ref index)) } },
                "--json" => parsed with { JsonFile = InExistingFolder(ValueOf(arguments, ref index)) },
                "--only" => parsed with { Only = Names(ValueOf(arguments, ref index)) },
                var unknown => throw new UsageException($"there is no argument '{unknown}'."),
            };
        }

        return parsed;
    }

    private static string ValueOf(IReadOnlyList<string> arguments, ref int index)
    {
        var name = arguments[index];
        return ++index < arguments.Count && !arguments[index].StartsWith("--", StringComparison.Ordinal) && arguments[index].Length > 0
            ? arguments[index]
            : throw new UsageException($"the argument {name} needs a value.");
    }

    private static int Count(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= SmallestCount
        ? count
        : throw new UsageException($"'{value}' is no number of records; the smallest is {SmallestCount}.");

    private static string InExistingFolder(string file) => Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file)))
        ? Path.GetFullPath(file)
        : throw new UsageException($"there is no folder for '{file}'.");

    private static HashSet<string> Names(string value)
    {
        var names = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return names.FirstOrDefault(name => Metric.Find(name) is null) is { } unknown
            ? throw new UsageException($"there is no metric '{unknown}'; there are {string.Join(", ", Metric.All.Select(metric => metric.Name))}.")
            : names;
    }
}
