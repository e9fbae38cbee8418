namespace QuickStart;

/// <summary>The arguments of the command line.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        Usage: dotnet run --project docs/samples/QuickStart -- [--data FOLDER] [--json FILE] [--store FILE] [--connector NAME] [--tls]

          --data FOLDER     load FOLDER/business-central/*.json and FOLDER/dataverse/*.json instead of the sample data
          --json FILE       also write the results of each phase to FILE
          --store FILE      store the couplings in the new SQLite file FILE instead of a temporary folder
          --connector NAME  how Dataverse is reached: 'web-api' (default), or 'sdk' for the organization service
          --tls             reach both services as in the cloud: HTTP/2 over TLS, with compressed responses
        """;

    /// <summary>The folder of the data.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The file for the report; null for none.</summary>
    public string? JsonFile { get; init; }

    /// <summary>The coupling file to create; null for one in a temporary folder.</summary>
    public string? StoreFile { get; init; }

    /// <summary>Whether Dataverse is reached over the organization service instead of the Web API.</summary>
    public bool UsesOrganizationService { get; init; }

    /// <summary>Whether the services are reached over TLS and HTTP/2.</summary>
    public bool UsesTls { get; init; }

    /// <summary>Whether the user only wants to see the usage.</summary>
    public bool IsHelpWanted { get; init; }

    private static string SampleData => Path.Combine(AppContext.BaseDirectory, "data");

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">An argument is unknown or has no value.</exception>
    /// <exception cref="QuickStartException">A folder does not exist, or the coupling file exists already.</exception>
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
                "--connector" => parsed with { UsesOrganizationService = IsSdk(ValueOf(arguments, ref index)) },
                "--tls" => parsed with { UsesTls = true },
                "--help" or "-h" or "-?" => parsed with { IsHelpWanted = true },
                var unknown => throw new UsageException($"unknown argument '{unknown}'."),
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

    private static bool IsSdk(string connector) => connector switch
    {
        "web-api" => false,
        "sdk" => true,
        _ => throw new UsageException($"unknown connector '{connector}'."),
    };

    private static string ExistingDataFolder(string folder)
    {
        var full = Path.GetFullPath(folder);
        foreach (var needed in new[] { full, Path.Combine(full, Clouds.BusinessCentralFolder), Path.Combine(full, Clouds.DataverseFolder) })
        {
            if (!Directory.Exists(needed))
            {
                throw new QuickStartException($"folder '{needed}' does not exist.");
            }
        }

        return full;
    }

    private static string InExistingFolder(string file)
    {
        var full = Path.GetFullPath(file);
        return Directory.Exists(full)
            ? throw new QuickStartException($"'{full}' is a folder, not a file.")
            : Directory.Exists(Path.GetDirectoryName(full)) ? full : throw new QuickStartException($"folder '{Path.GetDirectoryName(full)}' does not exist.");
    }

    // The emulators start with new data each time, so couplings of an earlier run would refer to missing records.
    private static string NewFile(string file)
    {
        var full = InExistingFolder(file);
        return File.Exists(full) ? throw new QuickStartException($"file '{full}' exists already; the quick start needs a new file.") : full;
    }
}
