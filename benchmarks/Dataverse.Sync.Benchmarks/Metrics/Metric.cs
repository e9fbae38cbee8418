namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>One number that is comparable between machines, with the bound that it should keep.</summary>
/// <param name="Name">Its name in the report and on the command line.</param>
/// <param name="Goal">The bound: the greatest value, or the smallest where <paramref name="IsAtLeast"/> says so.</param>
/// <param name="IsAtLeast">Whether more is better.</param>
internal sealed record Metric(string Name, double Goal, bool IsAtLeast = false)
{
    public static Metric RequestsFull { get; } = new("requests_full_10k", 1.1);

    public static Metric RequestsModified { get; } = new("requests_modified_1k", 1.25);

    public static Metric RequestsIdle { get; } = new("requests_idle", 2);

    public static Metric OrganizationServiceFull { get; } = new("sdk_requests_full_10k", 1.1);

    public static Metric OrganizationServiceModified { get; } = new("sdk_requests_modified_1k", 1.1);

    public static Metric OverheadFull { get; } = new("overhead_full", 1.5);

    public static Metric OverheadFullSlow { get; } = new("overhead_full_slow", 1.05);

    public static Metric ClientBytes { get; } = new("client_bytes_per_customer", 8_000);

    public static Metric SpeedupVsLoop { get; } = new("speedup_vs_loop", 100, IsAtLeast: true);

    public static Metric EngineUnchangedVsCopy { get; } = new("engine_unchanged_vs_copy", 3);

    public static Metric EngineChangedVsCopy { get; } = new("engine_changed_vs_copy", 15);

    public static Metric EngineBytesUnchanged { get; } = new("engine_bytes_unchanged", 300);

    public static Metric EngineBytesChanged { get; } = new("engine_bytes_changed", 2_500);

    public static Metric CreatedVsCopy { get; } = new("created_vs_copy", 8);

    public static Metric CreatedBytes { get; } = new("created_bytes", 2_400);

    public static Metric SqliteVsBare { get; } = new("sqlite_vs_bare", 1.5);

    public static Metric SqliteFirstVsBare { get; } = new("sqlite_first_100k_vs_bare", 1.2);

    public static Metric SqliteModified { get; } = new("sqlite_modified_1k", 3);

    public static Metric SqliteIdle { get; } = new("sqlite_idle", 3);

    public static Metric PeakMegabytesOf100k { get; } = new("peak_mb_100k", 120);

    public static Metric PostgresVsBare { get; } = new("postgres_vs_bare", 1.5);

    public static Metric StoreBytesPerCoupling { get; } = new("store_bytes_per_coupling", 400);

    public static Metric PeakMegabytes { get; } = new("peak_mb_1m", 300);

    public static Metric Growth { get; } = new("growth", 1.3);

    public static Metric ParallelVsChain { get; } = new("parallel_vs_chain", 1.2);

    public static Metric StartupVsEmpty { get; } = new("startup_vs_empty", 5);

    public static Metric StartupVsGet { get; } = new("startup_vs_get", 1.6);

    /// <summary>All metrics in the order of the report.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        RequestsFull, RequestsModified, RequestsIdle, OrganizationServiceFull, OrganizationServiceModified, OverheadFull, OverheadFullSlow, SpeedupVsLoop, EngineUnchangedVsCopy, EngineChangedVsCopy,
        EngineBytesUnchanged, EngineBytesChanged, CreatedVsCopy, CreatedBytes, ClientBytes, SqliteVsBare, PostgresVsBare, StoreBytesPerCoupling, SqliteFirstVsBare, SqliteModified, SqliteIdle,
        PeakMegabytesOf100k, PeakMegabytes, Growth, ParallelVsChain, StartupVsEmpty, StartupVsGet,
    ];

    public static Metric? Find(string name) => All.FirstOrDefault(metric => metric.Name == name);

    public bool IsMet(double value) => IsAtLeast ? value >= Goal : value <= Goal;
}
