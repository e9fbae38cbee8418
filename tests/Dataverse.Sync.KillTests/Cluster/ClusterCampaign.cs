using Dataverse.Sync.KillTests.Worker;

namespace Dataverse.Sync.KillTests;

/// <summary>Kills one of several workers again and again while people work, and compares everything in between and at the end.</summary>
internal sealed class ClusterCampaign(Bench bench, int seed, Action<string> tell)
{
    private const int Workers = 3;
    private const int WorkersThatMustHaveBegun = 2;
    private const int Subjects = 100;
    private const int KillsBetweenComparisons = 25;
    private const int Nearer = 5;
    private const double ChanceOfFullRun = 0.1;
    private const double ChanceOfActPerRequest = 0.15;
    private const double ChanceOfOwner = 0.3;

    // Longer than entries of dead workers stand still. A moment that does not come by then is not waited for any longer.
    private static readonly TimeSpan LongestWaitForMoment = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Random random = new(seed);
    private readonly Lock gate = new();
    private readonly Standstills standstills = new();
    private readonly SortedDictionary<string, int> moments = [];
    private int kills;
    private int ownersKilled;

    /// <summary>Kills as often as wanted; answers what the last comparison found, or the first that found a problem.</summary>
    public async Task<Findings> RunAsync(int wanted)
    {
        var people = new People(bench, Subjects, new(seed + 1));
        people.Settle();
        while (true)
        {
            await LiveAsync(people, Math.Min(wanted - kills, KillsBetweenComparisons));
            var rest = await Rest.FindAsync(bench, people);
            var told = string.Join(' ', moments.Select(item => $"{item.Key}={item.Value}"));
            tell($"seed={seed} kills={kills} ofOwners={ownersKilled} ({told}) "
                + $"requests={bench.RequestCount} rowsWritten={bench.RowWrites} {standstills} {rest}");
            if (rest.Findings.Problems.Count > 0 || kills >= wanted)
            {
                return rest.Findings;
            }
        }
    }

    private async Task LiveAsync(People people, int wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var cluster = new WorkerCluster(Workers, NextSettings);
        await using var watch = new EntryWatch(bench, cluster, standstills, TimeProvider.System);
        while (cluster.KillCount < wanted)
        {
            people.Act(4);
            await cluster.UntilBegunAsync(WorkersThatMustHaveBegun, patience.Token);
            await KillAsync(cluster, watch, people);
            patience.CancelAfter(Patience);
        }

        await watch.UntilAllHaveRunAsync(TimeProvider.System, patience.Token);
        bench.Received = null;
        await cluster.StopAsync();
        var left = await watch.EndAsync();
        Assert.True(
            left.All(entry => entry.State is not (JobQueueEntryState.InProcess or JobQueueEntryState.Error)),
            $"Nobody runs an entry that is in process: {watch}");
    }

    private async Task KillAsync(WorkerCluster cluster, EntryWatch watch, People people)
    {
        var plan = NextPlan();
        var left = plan.Count;
        var killing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Received = (_, request) =>
        {
            ActPerhaps(people);
            return plan.Counts(request.IsWrite) && Interlocked.Decrement(ref left) == 0 && Kill(plan.Trigger.ToString()) && plan.IsLost;
        };
        var longest = plan.Trigger == KillTrigger.Time ? TimeSpan.FromMilliseconds(plan.Count) : LongestWaitForMoment;
        _ = await Task.WhenAny(killing.Task, Task.Delay(longest, TimeProvider.System));
        if (Interlocked.Exchange(ref left, 0) > 0)
        {
            _ = Kill(plan.Trigger == KillTrigger.Time ? plan.Trigger.ToString() : "Overdue");
        }

        await killing.Task;

        bool Kill(string moment)
        {
            lock (gate)
            {
                var owners = watch.Entries.Select(EntryWatch.OwnerOf).OfType<int>().Where(cluster.IsAlive).ToList();
                int? owner = owners.Count > 0 && random.NextDouble() < ChanceOfOwner ? owners[random.Next(owners.Count)] : null;
                var victim = cluster.Kill(owner, random);
                kills++;
                ownersKilled += owners.Contains(victim) ? 1 : 0;
                moments[moment] = moments.GetValueOrDefault(moment) + 1;
            }

            killing.SetResult();
            return true;
        }
    }

    private void ActPerhaps(People people)
    {
        bool acts;
        lock (gate)
        {
            acts = random.NextDouble() < ChanceOfActPerRequest;
        }

        if (acts)
        {
            people.Act(1);
        }
    }

    // There is no file that a kill could wait for. Others go on meanwhile, so that a moment need not be far from the last kill.
    private KillPlan NextPlan()
    {
        lock (gate)
        {
            KillPlan plan;
            do
            {
                plan = KillPlan.Draw(random);
            }
            while (plan.Trigger == KillTrigger.FileWritten);

            return plan.Trigger == KillTrigger.Time ? plan : plan with { Count = 1 + (plan.Count / Nearer) };
        }
    }

    private WorkerSettings NextSettings()
    {
        lock (gate)
        {
            return bench.Settings with
            {
                Task = random.NextDouble() < ChanceOfFullRun ? WorkerTask.QueueFullFirst : WorkerTask.Queue,
                PageSize = new[] { 5, 20, 100 }[random.Next(3)],
                OwnershipDuration = TimeSpan.FromSeconds(1),
            };
        }
    }
}
