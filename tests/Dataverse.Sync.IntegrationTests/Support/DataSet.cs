namespace Dataverse.Sync.IntegrationTests;

/// <summary>Start data of both services with what its first full synchronization must count.</summary>
public sealed record DataSet(string Name, string Folder)
{
    private const string CronusName = "cronus";
    private const string SampleName = "sample";

    /// <summary>Inserted, coupled, failed, and skipped records by mapping.</summary>
    public required IReadOnlyDictionary<string, SyncCounters> FirstFullRun { get; init; }

    /// <summary>Rows by table after the first full run.</summary>
    public required IReadOnlyDictionary<string, int> RowsAfterwards { get; init; }

    /// <summary>Units for one unit of the base currency, by currency, after the first full run.</summary>
    public required IReadOnlyDictionary<string, decimal> ExchangeRates { get; init; }

    /// <summary>The sets that are present: the quick start's always, the larger one in a checkout that has it beside it.</summary>
    public static TheoryData<string> Names => CronusFolder is null ? [SampleName] : [SampleName, CronusName];

    /// <summary>Whether the larger set is present.</summary>
    public static string? CronusFolder { get; } = Find(Path.Combine("shared", "data", "cronus"));

    public static DataSet Get(string name) => name == CronusName ? Cronus() : Sample();

    /// <summary>The largest set that is present.</summary>
    public static DataSet Largest => CronusFolder is null ? Sample() : Cronus();

    // The counts are those that the set's own README derives.
    private static DataSet Cronus() => new(CronusName, CronusFolder!)
    {
        FirstFullRun = new Dictionary<string, SyncCounters>
        {
            ["SALESPEOPLE"] = new() { Inserted = 3, Coupled = 3 },
            ["CURRENCY"] = new() { Inserted = 46, Coupled = 1 },
            ["CUSTOMER"] = new() { Inserted = 60, Coupled = 5 },
            ["VENDOR"] = new() { Inserted = 59, Coupled = 3 },
            ["CONTACT"] = new() { Inserted = 169, Coupled = 6, Failed = 12, Skipped = 48 },
        },
        RowsAfterwards = new Dictionary<string, int>
        {
            ["salespeoplePurchasers"] = 10,
            ["customers"] = 70,
            ["vendors"] = 66,
            ["contacts"] = 404,
            ["transactioncurrency"] = 48,
            ["account"] = 131,
            ["contact"] = 179,
        },
        ExchangeRates = new Dictionary<string, decimal>
        {
            ["GBP"] = 0.648824m,
            ["EUR"] = 1.004682564m,
            ["DKK"] = 5.555m,
            ["SEK"] = 6.556095589m,
            ["JPY"] = 111.769853575m,
            ["BGN"] = 1.964988300m,
            ["SZL"] = 8.120145677m,
            ["ZAR"] = 8.120145677m,
            ["MZN"] = 17441.505376344m,
            ["USD"] = 1m,
        },
    };

    private static DataSet Sample() => new(SampleName, Path.Combine(AppContext.BaseDirectory, "data"))
    {
        FirstFullRun = new Dictionary<string, SyncCounters>
        {
            ["SALESPEOPLE"] = new() { Inserted = 1, Coupled = 2 },
            ["CURRENCY"] = new() { Inserted = 3, Coupled = 1 },
            ["CUSTOMER"] = new() { Inserted = 9, Coupled = 4 },
            ["VENDOR"] = new() { Inserted = 6, Coupled = 1 },
            ["CONTACT"] = new() { Inserted = 11, Coupled = 3, Failed = 1, Skipped = 1 },
        },
        RowsAfterwards = new Dictionary<string, int>
        {
            ["salespeoplePurchasers"] = 4,
            ["customers"] = 14,
            ["vendors"] = 7,
            ["contacts"] = 38,
            ["transactioncurrency"] = 5,
            ["account"] = 21,
            ["contact"] = 14,
        },
        ExchangeRates = new Dictionary<string, decimal>
        {
            ["GBP"] = 0.79m,
            ["EUR"] = 0.913294798m,
            ["JPY"] = 151.923076923m,
            ["SEK"] = 10.193548387m,
            ["USD"] = 1m,
        },
    };

    private static string? Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, relative);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
