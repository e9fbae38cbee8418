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

        var known = NumbersOfContacts(sequential);
        var jobs = await latency.PassAsync(concurrent.Engine.SynchronizeFullAsync());
        var expected = await sequential.Engine.SynchronizeFullAsync();

        jobs.Select(job => (job.Key.Mapping, job.Status, job.Counters))
            .Should().Equal(expected.Select(job => (job.Key.Mapping, job.Status, job.Counters)));
        WorldText.DataverseRows(concurrent).Should().Equal(WorldText.DataverseRows(sequential));
        Unnumbered(concurrent, known, WorldText.BusinessCentralRows(concurrent))
            .Should().Equal(Unnumbered(sequential, known, WorldText.BusinessCentralRows(sequential)));
        Unnumbered(concurrent, known, await WorldText.CouplingsAsync(concurrent))
            .Should().Equal(Unnumbered(sequential, known, await WorldText.CouplingsAsync(sequential)));
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

    private static HashSet<string> NumbersOfContacts(TestBench bench) =>
        [.. bench.Local("contacts").Rows.Select(row => row["number"]!.ToString())];

    // A new customer and a new vendor get a contact each, with the next number of one series: which is first depends on the requests.
    private static IEnumerable<string> Unnumbered(TestBench bench, HashSet<string> known, IReadOnlyList<string> texts)
    {
        var created = NumbersOfContacts(bench).Except(known).ToList();
        return texts.Select(text => created.Aggregate(text, (changed, number) => changed.Replace(number, "new", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal);
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
