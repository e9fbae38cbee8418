using Dataverse.Sync.IntegrationTests.BothConnectors;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>The standard mappings at once over both emulators and one SQLite file, as one after the other.</summary>
public sealed class ConcurrentRunTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Mappings_that_run_at_once_end_as_those_that_run_one_after_the_other(int seed)
    {
        using var latency = new Latency(seed);
        await using var concurrent = await TestBench.StartAsync(DataSet.Largest, With(latency));
        await using var sequential = await TestBench.StartAsync(
            DataSet.Largest, new() { Engine = options => options with { MaxConcurrentMappings = 1 } });

        var jobs = await latency.PassAsync(concurrent.Engine.SynchronizeFullAsync());
        var expected = await sequential.Engine.SynchronizeFullAsync();

        jobs.Select(job => (job.Key.Mapping, job.Status, job.Counters))
            .Should().Equal(expected.Select(job => (job.Key.Mapping, job.Status, job.Counters)));
        WorldText.DataverseRows(concurrent).Should().Equal(WorldText.DataverseRows(sequential));
        WorldText.BusinessCentralRows(concurrent).Should().Equal(WorldText.BusinessCentralRows(sequential));
        (await WorldText.CouplingsAsync(concurrent)).Should().Equal(await WorldText.CouplingsAsync(sequential));
        var writes = concurrent.Writes;
        (await latency.PassAsync(concurrent.Engine.SynchronizeModifiedAsync())).Should().OnlyContain(job => job.Counters == SyncCounters.None);
        (concurrent.Writes - writes).Total.Should().Be(0);
    }

    [Fact]
    public async Task Customers_and_vendors_are_read_at_the_same_time()
    {
        using var latency = new Latency(seed: 4) { Meeting = ("customers", "vendors") };
        await using var bench = await TestBench.StartAsync(DataSet.Largest, With(latency));

        var jobs = await latency.PassAsync(bench.Engine.SynchronizeFullAsync());

        jobs.Should().OnlyContain(job => job.Status == SyncJobStatus.Finished);
    }

    private static TestBenchSettings With(Latency latency) => new()
    {
        Handlers = new Dictionary<SyncSide, HttpMessageHandler>
        {
            [SyncSide.Local] = latency.NewHandler(),
            [SyncSide.Integration] = latency.NewHandler(),
        },
    };
}
