using Dataverse.Sync.OrganizationService.Emulator;
using QuickStart;

namespace Dataverse.Sync.IntegrationTests.BothConnectors;

/// <summary>The same runs over the Web API and over the organization service.</summary>
public sealed class BothConnectorsTests
{
    private static readonly TestBenchSettings WebApi = new();
    private static readonly TestBenchSettings Sdk = new() { UsesOrganizationService = true };

    private static readonly EmulatedServiceOptions OtherBehavior = new()
    {
        ChecksVersionsByDefault = true,
        OmitsVersionsWithoutConcurrency = true,
        AddsCurrencyToMoney = false,
        DateKind = DateTimeKind.Unspecified,
        BlanksAreNotEqual = false,
        TokensOnEveryPage = true,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Full_modified_conflict_and_deletion_runs_do_the_same_over_both(bool isOtherBehavior)
    {
        await using var webApi = await TestBench.StartAsync(DataSet.Largest, WebApi);
        await using var sdk = await TestBench.StartAsync(DataSet.Largest, Sdk with { ServiceOptions = isOtherBehavior ? OtherBehavior : null });

        var (ofWebApi, ofSdk) = (await TourAsync(webApi), await TourAsync(sdk));

        ofSdk.Select(phase => (phase.Name, phase.Writes)).Should().Equal(ofWebApi.Select(phase => (phase.Name, phase.Writes)));
        ofSdk.SelectMany(phase => phase.Mappings).Should().BeEquivalentTo(
            ofWebApi.SelectMany(phase => phase.Mappings), options => options.WithStrictOrdering());
        WorldText.DataverseRows(sdk).Should().Equal(WorldText.DataverseRows(webApi));
        WorldText.BusinessCentralRows(sdk).Should().Equal(WorldText.BusinessCentralRows(webApi));
        (await WorldText.CouplingsAsync(sdk)).Should().Equal(await WorldText.CouplingsAsync(webApi));
    }

    [Theory]
    [MemberData(nameof(DataSet.Names), MemberType = typeof(DataSet))]
    public async Task Full_and_modified_runs_take_no_more_calls_than_requests(string name)
    {
        await using var webApi = await TestBench.StartAsync(DataSet.Get(name), WebApi);
        await using var sdk = await TestBench.StartAsync(DataSet.Get(name), Sdk);

        var (ofWebApi, ofSdk) = (await TourAsync(webApi), await TourAsync(sdk));

        foreach (var (requests, calls) in ofWebApi.Zip(ofSdk))
        {
            calls.Requests.Dataverse.Should().BeLessThanOrEqualTo((int)Math.Ceiling(requests.Requests.Dataverse * 1.1), requests.Name);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_coupling_file_of_the_other_connector_is_taken_over_and_nothing_is_written(bool fromSdk)
    {
        await using var before = await TestBench.StartAsync(DataSet.Largest, fromSdk ? Sdk : WebApi);
        await before.Engine.SynchronizeFullAsync();
        await before.Engine.SynchronizeModifiedAsync();
        await using var after = before.Restart(fromSdk ? WebApi : Sdk);
        var writes = after.Writes;

        var modified = await after.Engine.SynchronizeModifiedAsync();
        var full = await after.Engine.SynchronizeFullAsync();

        modified.Concat(full).Should().OnlyContain(job => job.Status == SyncJobStatus.Finished && job.Counters.Inserted == 0 && job.Counters.Modified == 0);
        (after.Writes - writes).Total.Should().Be(0);
    }

    [Fact]
    public async Task A_checkpoint_of_the_other_connector_is_answered_by_the_whole_table()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Largest, WebApi);
        await using var other = bench.Restart(Sdk);
        var query = new ChangeQuery { Table = "account", Fields = ["name"] };

        var checkpoint = (await ReadAsync(bench, query)).Checkpoint;
        var answered = await ReadAsync(other, query with { Since = checkpoint });
        var back = await ReadAsync(bench, query with { Since = answered.Checkpoint });

        answered.Records.Should().Be(bench.Dataverse.Table("account").Count);
        back.Records.Should().Be(answered.Records);
    }

    private static async Task<(int Records, Checkpoint? Checkpoint)> ReadAsync(TestBench bench, ChangeQuery query)
    {
        var (records, checkpoint) = (0, (Checkpoint?)null);
        await foreach (var page in bench.Connector(SyncSide.Integration).ReadChangesAsync(query, CancellationToken.None))
        {
            records += page.Coverage == ChangeCoverage.WholeTable ? page.Records.Count : 0;
            checkpoint = page.Checkpoint;
        }

        return (records, checkpoint);
    }

    private static Task<IReadOnlyList<Phase>> TourAsync(TestBench bench) =>
        new Tour(bench.Clouds, bench.Engine, new Screen(Screen.CreateConsole(TextWriter.Null), bench.Clouds)).RunAsync(CancellationToken.None);
}
