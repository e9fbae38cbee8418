using System.Collections.Concurrent;

namespace Dataverse.Sync.HttpHarness;

public sealed class HistoryTests
{
    private const int Histories = 100;

    [Fact]
    public async Task A_hundred_histories_over_http_lose_nothing_and_double_nothing()
    {
        var failed = new ConcurrentBag<HistoryOutcome>();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Histories),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (seed, _) =>
            {
                var outcome = await History.RunAsync(seed);
                if (outcome.Failed)
                {
                    failed.Add(outcome);
                }
            });

        if (!failed.IsEmpty)
        {
            Assert.Fail(string.Join(
                Environment.NewLine, failed.OrderBy(outcome => outcome.Seed).Select(outcome => outcome.Print())));
        }
    }
}
