using Dataverse.Sync.KillTests.Worker;

namespace Dataverse.Sync.KillTests;

/// <summary>Kills workers again and again while people work, and compares everything in between and at the end.</summary>
internal sealed class KillCampaign(Bench bench, int seed, Action<string> tell)
{
    private const int Subjects = 260;
    private const int KillsBetweenComparisons = 30;
    private const double ChanceOfTwoWorkers = 0.2;
    private const double ChanceOfFullRun = 0.3;
    private const double ChanceOfActPerRequest = 0.15;

    private readonly Random random = new(seed);
    private readonly SortedDictionary<string, int> moments = [];
    private int kills;
    private int rounds;

    /// <summary>Kills as often as wanted; answers what the last comparison found, or the first that found a problem.</summary>
    public async Task<Findings> RunAsync(int wanted)
    {
        var people = new People(bench, Subjects, new(seed + 1));
        var chance = new Random(seed + 2);
        people.Settle();
        while (true)
        {
            var before = kills;
            while (kills < wanted && kills - before < KillsBetweenComparisons)
            {
                await LiveAndDieAsync(people, chance);
            }

            var findings = await CompareAsync(people);
            if (findings.Problems.Count > 0 || kills >= wanted)
            {
                return findings;
            }
        }
    }

    private async Task LiveAndDieAsync(People people, Random chance)
    {
        people.Act(4);
        var plan = KillPlan.Draw(random);
        var settings = bench.Settings with
        {
            Task = kills == 0 || random.NextDouble() < ChanceOfFullRun ? WorkerTask.FullFirst : WorkerTask.Modified,
            PageSize = new[] { 5, 20, 100 }[random.Next(3)],
        };
        using var life = new Life(bench, plan, settings, random.NextDouble() < ChanceOfTwoWorkers ? 2 : 1, () => ActPerhaps(people, chance));
        foreach (var exit in await life.EndAsync(TimeProvider.System))
        {
            Assert.True(exit.WasKilled, $"A worker ended by itself: {exit}");
            kills++;
            rounds += exit.Rounds;
            var moment = life.IsOverdue ? "Overdue" : plan.Trigger.ToString();
            moments[moment] = moments.GetValueOrDefault(moment) + 1;
        }
    }

    private static void ActPerhaps(People people, Random chance)
    {
        bool acts;
        lock (chance)
        {
            acts = chance.NextDouble() < ChanceOfActPerRequest;
        }

        if (acts)
        {
            people.Act(1);
        }
    }

    private async Task<Findings> CompareAsync(People people)
    {
        var rest = await Rest.FindAsync(bench, people);
        tell($"seed={seed} kills={kills} ({string.Join(' ', moments.Select(item => $"{item.Key}={item.Value}"))}) "
            + $"rounds={rounds} requests={bench.RequestCount} rowsWritten={bench.RowWrites} "
            + $"{rest}");
        return rest.Findings;
    }
}
