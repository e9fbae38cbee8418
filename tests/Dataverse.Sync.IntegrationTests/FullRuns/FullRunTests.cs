namespace Dataverse.Sync.IntegrationTests;

public sealed class FullRunTests
{
    private const decimal RatePrecision = 0.000000001m;

    [Theory]
    [MemberData(nameof(DataSet.Names), MemberType = typeof(DataSet))]
    public async Task Full_run_counts_what_the_data_derives(string name)
    {
        var data = DataSet.Get(name);
        await using var bench = await TestBench.StartAsync(data);

        var jobs = await bench.Engine.SynchronizeFullAsync();

        jobs.Should().OnlyContain(job => job.Status == SyncJobStatus.Finished);
        jobs.ToDictionary(job => job.Key.Mapping, job => job.Counters with { Modified = 0, Unchanged = 0 })
            .Should().BeEquivalentTo(data.FirstFullRun);
        data.RowsAfterwards.Keys.ToDictionary(table => table, table => RowsOf(bench, table)).Should().BeEquivalentTo(data.RowsAfterwards);
    }

    [Theory]
    [MemberData(nameof(DataSet.Names), MemberType = typeof(DataSet))]
    public async Task Full_run_gives_new_currencies_the_rates_of_the_day(string name)
    {
        var data = DataSet.Get(name);
        await using var bench = await TestBench.StartAsync(data);

        await bench.Engine.SynchronizeFullAsync();

        var rates = bench.Dataverse.Table("transactioncurrency").Rows.ToDictionary(row => (string)row["isocurrencycode"]!, row => (decimal)row["exchangerate"]!);
        foreach (var (currency, expected) in data.ExchangeRates)
        {
            rates[currency].Should().BeApproximately(expected, RatePrecision, currency);
        }
    }

    [Theory]
    [MemberData(nameof(DataSet.Names), MemberType = typeof(DataSet))]
    public async Task Full_run_leaves_every_record_in_scope_coupled_or_with_a_reason(string name)
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get(name));

        var jobs = await bench.Engine.SynchronizeFullAsync();

        foreach (var mapping in bench.Engine.Mappings.All)
        {
            var job = jobs.Single(job => job.Key.Mapping == mapping.Name);
            var reasons = (await bench.Engine.JobLog.ListErrorsAsync(job.Id, CancellationToken.None)).Select(error => error.Record).ToHashSet();
            var couplings = await bench.Engine.Couplings.ListAsync(mapping.Name).ToListAsync();
            foreach (var side in new[] { SyncSide.Local, SyncSide.Integration }.Where(side => Reads(mapping.Direction, side)))
            {
                var coupled = couplings.Select(coupling => coupling.IdOf(side)).ToHashSet();
                var inScope = await Records.InScopeAsync(bench.Connector(side), mapping, side);
                inScope.Should().NotBeEmpty().And.OnlyContain(id => coupled.Contains(id) || reasons.Contains(new RecordKey(side, id)), $"of {mapping.Name}, {side}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(DataSet.Names), MemberType = typeof(DataSet))]
    public async Task Full_runs_make_mapped_fields_agree_on_every_pair_I1(string name)
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get(name));

        await bench.Engine.SynchronizeFullAsync();
        foreach (var mapping in bench.Engine.Mappings.All)
        {
            (await Records.DifferencesAsync(bench, mapping)).Where(difference => !IsLeftAlone(difference)).Should().BeEmpty(mapping.Name);
        }
    }

    [Theory]
    [MemberData(nameof(DataSet.Names), MemberType = typeof(DataSet))]
    public async Task Second_run_writes_nothing_and_asks_each_service_once_per_mapping_I4(string name)
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get(name));
        await bench.Engine.SynchronizeFullAsync();
        var (requests, writes) = (bench.Requests, bench.Writes);

        var jobs = await bench.Engine.SynchronizeModifiedAsync();

        jobs.Should().OnlyContain(job => job.Counters == SyncCounters.None);
        (bench.Writes - writes).Total.Should().Be(0);
        (bench.Requests - requests).Total.Should().BeLessThanOrEqualTo(2 * jobs.Count);
    }

    [Theory]
    [MemberData(nameof(DataSet.Names), MemberType = typeof(DataSet))]
    [Trait("parity", "BC-2.1-05")]
    public async Task Full_run_on_records_in_step_writes_nothing_I4(string name)
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get(name));
        await bench.Engine.SynchronizeFullAsync();
        var writes = bench.Writes;

        var jobs = await bench.Engine.SynchronizeFullAsync();

        (bench.Writes - writes).Total.Should().Be(0);
        jobs.Should().OnlyContain(job => job.Counters.Inserted + job.Counters.Modified + job.Counters.Coupled == 0);
    }

    [Theory]
    [MemberData(nameof(DataSet.Names), MemberType = typeof(DataSet))]
    public async Task Preview_of_a_full_run_counts_and_writes_as_the_run_I14(string name)
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get(name));

        var preview = await bench.Engine.PreviewAsync(SyncJobKind.Full);
        bench.Writes.Total.Should().Be(0);
        var jobs = await bench.Engine.SynchronizeFullAsync();

        preview.Jobs.Select(job => (job.Key.Mapping, job.Counters)).Should().Equal(jobs.Select(job => (job.Key.Mapping, job.Counters)));
        var planned = preview.Operations.CountBy(operation => operation.Side).ToDictionary();
        (planned[SyncSide.Local], planned[SyncSide.Integration]).Should().Be((bench.Writes.BusinessCentral, bench.Writes.Dataverse));
    }

    // The source of a one-way field has nothing, so the target keeps its value.
    // The credit limit of an account in another currency is converted, and a blank of the source clears nothing.
    private static bool IsLeftAlone(FieldDifference difference) => difference.Field.Direction switch
    {
        _ when difference.Field.LocalField == "creditLimit" => true,
        SyncDirection.ToIntegrationTable => difference.Local is "" or "0",
        SyncDirection.FromIntegrationTable => difference.Integration.Length == 0,
        _ => false,
    };

    private static bool Reads(SyncDirection direction, SyncSide side) =>
        direction == SyncDirection.Bidirectional || direction == SyncDirection.ToIntegrationTable == (side == SyncSide.Local);

    private static int RowsOf(TestBench bench, string table) =>
        table is "transactioncurrency" or "account" or "contact" ? bench.Dataverse.Table(table).Count : bench.Local(table).Count;
}
