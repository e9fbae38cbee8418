using Dataverse.Sync.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Configuration;

/// <summary>A section that may change while the host runs.</summary>
internal sealed class WatchedSection(ConfiguredEngine engine, ILogger logger)
{
    private readonly Lock gate = new();
    private Dictionary<string, string?> known = Settings(engine.Setup.Section);

    /// <summary>Gives the job queue its changed settings. Nothing is changed if one of them is wrong.</summary>
    public void TakeOver(JobQueue? queue)
    {
        lock (gate)
        {
            var present = Settings(engine.Setup.Section);
            var changed = Differences(known, present).ToList();
            known = present;
            if (changed.Count == 0)
            {
                return;
            }

            var later = changed.Where(key => queue is null || !IsOfQueue(key)).ToList();
            if (later.Count > 0)
            {
                logger.AppliesLater(string.Join(", ", later.Order(StringComparer.OrdinalIgnoreCase)));
            }

            if (queue is not null && later.Count < changed.Count)
            {
                Change(queue);
            }
        }
    }

    private void Change(JobQueue queue)
    {
        var setup = new SectionSetup(engine.Setup.Section);
        var problems = new KeyedProblems(setup);
        problems.Add(setup.Problems.Where(IsOfQueue));
        if (problems.All.Count == 0)
        {
            var options = new JobQueueOptions();
            JobQueueSetup.Apply(options, setup.Settings.JobQueue ?? new());
            problems.TryQueue(() => queue.Change(options));
        }

        if (problems.All.Count == 0)
        {
            logger.QueueChanged();
        }
        else
        {
            logger.QueueNotChanged(string.Join(" ", problems.All));
        }
    }

    private bool IsOfQueue(string key) =>
        key.StartsWith(engine.Setup.KeyOf(nameof(SyncSettings.JobQueue)), StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string?> Settings(IConfigurationSection section) =>
        new(section.AsEnumerable().Where(setting => setting.Value is not null), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Differences(Dictionary<string, string?> before, Dictionary<string, string?> after) =>
        before.Keys.Union(after.Keys, StringComparer.OrdinalIgnoreCase)
            .Where(key => before.GetValueOrDefault(key) != after.GetValueOrDefault(key));
}
