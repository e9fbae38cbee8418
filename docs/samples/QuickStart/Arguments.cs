namespace QuickStart;

/// <summary>What the user asked for on the command line.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        Usage: dotnet run --project docs/samples/QuickStart -- [--data FOLDER] [--json FILE] [--store FILE]

          --data FOLDER   load FOLDER/business-central/*.json and FOLDER/dataverse/*.json instead of the sample data
          --json FILE     also write what each phase did to FILE
          --store FILE    keep the couplings in the new SQLite file FILE instead of one in a temporary folder
        """;

    /// <summary>Where the data is.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where the report goes; null for none.</summary>
    public string? JsonFile { get; init; }

    /// <summary>The coupling file to make; null for one in a temporary folder.</summary>
    public string? StoreFile { get; init; }

    /// <summary>Whether the user only wants to see the usage.</summary>
    public bool IsHelpWanted { get; init; }

    private static string SampleData => Path.Combine(AppContext.BaseDirectory, "data");

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">It makes no sense.</exception>
    /// <exception cref="QuickStartException">It names a place that is not there, or a coupling file that is.</exception>
    public static Arguments Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new Arguments { DataFolder = SampleData };
        for (var index = 0; index < arguments.Count; index++)
        {
            parsed = arguments[index] switch
            {
                "--data" => parsed with { DataFolder = ExistingDataFolder(ValueOf(arguments, ref index)) },
                "--json" => parsed with { JsonFile = InExistingFolder(ValueOf(arguments, ref index)) },
                "--store" => parsed with { StoreFile = NewFile(ValueOf(arguments, ref index)) },
                "--help" or "-h" or "-?" => parsed with { IsHelpWanted = true },
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

    private static string ExistingDataFolder(string folder)
    {
        var full = Path.GetFullPath(folder);
        foreach (var needed in new[] { full, Path.Combine(full, Clouds.BusinessCentralFolder), Path.Combine(full, Clouds.DataverseFolder) })
        {
            if (!Directory.Exists(needed))
            {
                throw new QuickStartException($"there is no folder '{needed}'.");
            }
        }

        return full;
    }

    private static string InExistingFolder(string file)
    {
        var full = Path.GetFullPath(file);
        return Directory.Exists(full)
            ? throw new QuickStartException($"'{full}' is a folder, not a file.")
            : Directory.Exists(Path.GetDirectoryName(full)) ? full : throw new QuickStartException($"there is no folder '{Path.GetDirectoryName(full)}'.");
    }

    // The emulators begin afresh each time; couplings of an earlier run would lead nowhere.
    private static string NewFile(string file)
    {
        var full = InExistingFolder(file);
        return File.Exists(full) ? throw new QuickStartException($"the file '{full}' exists already; the quick start needs a new one.") : full;
    }
}
