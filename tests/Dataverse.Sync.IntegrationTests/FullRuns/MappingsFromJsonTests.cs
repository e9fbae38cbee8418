namespace Dataverse.Sync.IntegrationTests;

/// <summary>A set-up that consists of JSON alone does what the same set-up in code does.</summary>
public sealed class MappingsFromJsonTests
{
    public static TheoryData<string, string> Documents
    {
        get
        {
            var documents = new TheoryData<string, string>();
            foreach (var name in Names)
            {
                documents.Add(name, "{ \"standardMappings\": true }");
                documents.Add(name, StandardMappings.Create().ToJson());
            }

            return documents;
        }
    }

    private static IEnumerable<string> Names => ((IEnumerable<object[]>)DataSet.Names).Select(row => (string)row[0]);

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Full_run_over_mappings_from_json_counts_as_over_mappings_in_code(string name, string json)
    {
        var data = DataSet.Get(name);
        await using var bench = await TestBench.StartAsync(data, new() { Json = json });

        var jobs = await bench.Engine.SynchronizeFullAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(30));
        var again = await bench.Engine.SynchronizeModifiedAsync();

        jobs.Should().OnlyContain(job => job.Status == SyncJobStatus.Finished);
        jobs.ToDictionary(job => job.Key.Mapping, job => job.Counters with { Modified = 0, Unchanged = 0 })
            .Should().BeEquivalentTo(data.FirstFullRun);
        data.RowsAfterwards.Keys.ToDictionary(table => table, table => RowsOf(bench, table)).Should().BeEquivalentTo(data.RowsAfterwards);
        again.Sum(job => job.Counters.Inserted + job.Counters.Modified + job.Counters.Deleted).Should().Be(0);
    }

    [Fact]
    public async Task Stored_change_is_picked_up_by_another_process_over_the_same_file()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get(Names.First()));
        await bench.Engine.SynchronizeFullAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Engine.SynchronizeModifiedAsync();
        await using var other = bench.Restart(new());

        await other.Engine.Overrides.SwitchOffAsync("VENDOR");
        await other.Engine.Overrides.ChangeAsync("CUSTOMER", mapping => mapping.Field("phoneNumber", "telephone1", field => field.Disabled()));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var requests = bench.Requests;
        var jobs = await bench.Engine.SynchronizeModifiedAsync();
        var picking = bench.Requests - requests;
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        requests = bench.Requests;
        _ = await bench.Engine.SynchronizeModifiedAsync();

        jobs.Single(job => job.Key.Mapping == "VENDOR").Status.Should().Be(SyncJobStatus.Skipped);
        jobs.Single(job => job.Key.Mapping == "CONTACT").Status.Should().Be(SyncJobStatus.Finished);
        picking.Should().Be(bench.Requests - requests, "the run that picks a change up sends no request more than the next");
        bench.Engine.Mappings["CUSTOMER"].Fields.Single(field => field.LocalField == "phoneNumber").IsEnabled.Should().BeFalse();
    }

    private static int RowsOf(TestBench bench, string table) =>
        table is "transactioncurrency" or "account" or "contact" ? bench.Dataverse.Table(table).Count : bench.Local(table).Count;
}
