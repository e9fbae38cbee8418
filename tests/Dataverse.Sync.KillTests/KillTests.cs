using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Dataverse.Sync.KillTests;

/// <summary>
/// The quick start's engine as processes of their own, with a coupling file against both emulators, killed by SIGKILL while people work in both services.
/// </summary>
/// <remarks>
/// Kills 50 times. <c>DATAVERSE_SYNC_KILLS=1000 dotnet test tests/Dataverse.Sync.KillTests</c> kills a thousand times; the numbers of a run
/// are printed with <c>--logger "console;verbosity=detailed"</c>.
/// </remarks>
public abstract class KillTests(ITestOutputHelper output)
{
    private const int UsualKills = 50;
    private const int Campaigns = 2;

    private static int KillsPerCampaign =>
        (int.TryParse(Environment.GetEnvironmentVariable("DATAVERSE_SYNC_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : UsualKills) / Campaigns;

    private protected async Task KillAsync(bool matchesRecords, int seed)
    {
        await using var bench = await Bench.StartAsync(matchesRecords);
        var told = new List<string>();
        var clock = Stopwatch.StartNew();
        var findings = await new KillCampaign(bench, seed, line =>
        {
            told.Add(line);
            output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: {line}");
        }).RunAsync(KillsPerCampaign);

        Assert.True(findings.Problems.Count == 0, string.Join(Environment.NewLine, told));
        Assert.Equal(0, findings.Duplicates);
        Assert.True(findings.Couplings > 200, "There was too little to lose.");
    }
}

/// <inheritdoc/>
public sealed class KillTestsWithMatching(ITestOutputHelper output) : KillTests(output)
{
    [Fact]
    public Task Killed_workers_lose_and_duplicate_nothing() => KillAsync(matchesRecords: true, seed: 20260301);
}

/// <summary>As <see cref="KillTestsWithMatching"/>, but nothing finds a lost record again by its name: only the journal can.</summary>
public sealed class KillTestsWithoutMatching(ITestOutputHelper output) : KillTests(output)
{
    [Fact]
    public Task Killed_workers_without_match_fields_lose_and_duplicate_nothing() => KillAsync(matchesRecords: false, seed: 20260302);
}
