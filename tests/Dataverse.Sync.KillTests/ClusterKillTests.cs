using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Dataverse.Sync.KillTests;

/// <summary>
/// Three workers whose job queues share one PostgreSQL database, one of which is killed by SIGKILL again and again while people work in both services.
/// </summary>
/// <remarks>
/// Kills 50 times. <c>DATAVERSE_SYNC_CLUSTER_KILLS=1000 dotnet test tests/Dataverse.Sync.KillTests --filter ClusterKillTests</c> kills a thousand
/// times; the numbers of a run are printed with <c>--logger "console;verbosity=detailed"</c>.
/// </remarks>
public sealed class ClusterKillTests(ITestOutputHelper output)
{
    private const int UsualKills = 50;

    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("DATAVERSE_SYNC_CLUSTER_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : UsualKills;

    [PostgreSqlFact]
    public async Task Killed_workers_of_a_cluster_lose_and_duplicate_nothing_and_are_replaced()
    {
        await using var bench = await Bench.StartAsync(withPartners: true, new PostgreSqlSchema());
        var told = new List<string>();
        var clock = Stopwatch.StartNew();
        var findings = await new ClusterCampaign(bench, seed: 20260303, line =>
        {
            told.Add(line);
            output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: {line}");
        }).RunAsync(Kills);

        Assert.True(findings.Problems.Count == 0, string.Join(Environment.NewLine, told));
        Assert.Equal(0, findings.Duplicates);
        Assert.Equal(0, findings.Orphans);
        Assert.True(findings.Couplings > 100, "There was too little to lose.");
    }
}
