using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Tests.Execution.Compilation;

/// <summary>Fields that the caller cannot read neither travel nor blank the other side.</summary>
public sealed class ReadabilityTests
{
    public enum Way
    {
        Full,
        Modified,
        Named,
    }

    public static TheoryData<SyncSide, string?, Way> EveryCase()
    {
        var data = new TheoryData<SyncSide, string?, Way>();
        foreach (var side in new[] { SyncSide.Local, SyncSide.Integration })
        {
            foreach (var way in Enum.GetValues<Way>())
            {
                data.Add(side, null, way);
                data.Add(side, "****", way);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryCase))]
    public async Task A_field_that_becomes_unreadable_or_masked_changes_nothing(SyncSide side, string? shown, Way way)
    {
        using var bench = new Bench(side);
        var (customer, account) = await bench.Crm.NewPairAsync();
        bench.Withhold(shown);
        bench.Edit(side, customer, account, "2000");

        _ = await bench.RunAsync(way, customer);

        bench.Values(customer, account).Should().Be(side == SyncSide.Local ? ("2000", "1000") : ("1000", "2000"));
        (await bench.Crm.ConflictsAsync(includeResolved: true)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_column_without_any_right_stops_neither_its_mapping_nor_its_records()
    {
        WithholdingConnector? accounts = null;
        using var crm = new EngineFixture(new FixtureOptions
        {
            Engine = engine => engine with { Integration = accounts = new(engine.Integration, "account") { CanWrite = false } },
        });
        var (customer, account) = await crm.NewPairAsync();
        _ = accounts!.Fields.Add("postalcode");
        crm.Customers.Update(customer, ("displayName", "Edited"), ("postalCode", "2000"));
        var added = crm.Customers.Insert(("displayName", "Contoso"), ("postalCode", "3000")).Id;

        var report = await crm.Engine.ValidateAsync();
        var modified = await crm.ModifiedAsync();
        var full = await crm.FullAsync();

        report.Warnings.Should().ContainSingle().Which.Message.Should()
            .Contain("'postalCode>postalcode'").And.Contain("cannot be written either");
        (modified.Counters, full.Counters.Failed).Should().Be((new SyncCounters { Inserted = 1, Modified = 1 }, 0));
        crm.Name(account).Should().Be("Edited");
        (await crm.CouplingOfAsync(added)).Should().NotBeNull();
        crm.Customers.Find(customer)!["postalCode"].AsText().Should().Be("2000");
        crm.Accounts.Find(account)!["postalcode"].AsText().Should().Be("1000");
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task Edits_made_while_a_field_was_unreadable_travel_when_it_is_readable_again(SyncSide side)
    {
        using var bench = new Bench(side);
        var (customer, account) = await bench.Crm.NewPairAsync();
        bench.Withhold(null);
        bench.Edit(side, customer, account, "2000");
        _ = await bench.RunAsync(Way.Full, customer);
        bench.Show();

        _ = await bench.RunAsync(Way.Full, customer);

        bench.Values(customer, account).Should().Be(("2000", "2000"));
    }

    [Fact]
    public async Task Edits_of_both_sides_made_while_a_field_was_unreadable_are_a_conflict_when_it_is_readable_again()
    {
        using var bench = new Bench(SyncSide.Integration);
        var (customer, account) = await bench.Crm.NewPairAsync();
        bench.Withhold(null);
        bench.Edit(SyncSide.Integration, customer, account, "THEIRS");
        bench.Edit(SyncSide.Local, customer, account, "OURS");
        _ = await bench.RunAsync(Way.Modified, customer);
        var meanwhile = bench.Values(customer, account);
        bench.Show();

        _ = await bench.RunAsync(Way.Full, customer);

        meanwhile.Should().Be(("OURS", "THEIRS"));
        bench.Values(customer, account).Should().Be(("OURS", "THEIRS"));
        (await bench.Crm.ConflictsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task An_unreadable_target_of_a_one_way_field_gets_each_edit_once_and_is_never_corrected()
    {
        using var bench = new Bench(SyncSide.Integration, mapping => mapping.Field("postalCode", "postalcode", field => field.ToIntegration()));
        bench.Withhold("****");
        var (customer, account) = await bench.Crm.NewPairAsync();
        var created = bench.Values(customer, account).Integration;
        bench.Edit(SyncSide.Local, customer, account, "2000");
        _ = await bench.RunAsync(Way.Modified, customer);
        var edited = bench.Values(customer, account).Integration;
        bench.Crm.ResetCounters();

        bench.Edit(SyncSide.Integration, customer, account, "3000");
        _ = await bench.RunAsync(Way.Full, customer);
        _ = await bench.RunAsync(Way.Full, customer);

        (created, edited, bench.Values(customer, account).Integration).Should().Be(("1000", "2000", "3000"));
        bench.Crm.Writes.Should().Be(0);
    }

    [Fact]
    public async Task An_unreadable_field_of_a_matched_pair_is_neither_written_nor_compared()
    {
        using var bench = new Bench(SyncSide.Integration);
        bench.Withhold(null);
        var customer = bench.Crm.Customers.Insert(("number", "10000"), ("displayName", "Adatum"), ("postalCode", "OURS")).Id;
        var account = bench.Crm.Accounts.Insert(("accountnumber", "10000"), ("name", "Adatum"), ("postalcode", "THEIRS")).Id;

        _ = await bench.RunAsync(Way.Full, customer);

        bench.Values(customer, account).Should().Be(("OURS", "THEIRS"));
        (await bench.Crm.CouplingsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task An_unreadable_target_that_was_never_synchronized_is_left_to_the_first_merge()
    {
        using var bench = new Bench(SyncSide.Integration, mapping => mapping.Field("postalCode", "postalcode", field => field.ToIntegration()));
        bench.Withhold(null);
        var customer = bench.Crm.Customers.Insert(("number", "10000"), ("displayName", "Adatum"), ("postalCode", "OURS")).Id;
        var account = bench.Crm.Accounts.Insert(("accountnumber", "10000"), ("name", "Adatum"), ("postalcode", "THEIRS")).Id;
        _ = await bench.RunAsync(Way.Full, customer);
        bench.Edit(SyncSide.Local, customer, account, "2000");
        _ = await bench.RunAsync(Way.Modified, customer);
        var meanwhile = bench.Values(customer, account);
        bench.Show();

        _ = await bench.RunAsync(Way.Full, customer);

        meanwhile.Should().Be(("2000", "THEIRS"));
        bench.Values(customer, account).Should().Be(("2000", "2000"));
        (await bench.Crm.ConflictsAsync(includeResolved: true)).Should().ContainSingle()
            .Which.Fields.Should().ContainSingle().Which.Integration.AsText().Should().Be("THEIRS");
    }

    [Fact]
    public async Task An_unreadable_field_does_not_count_for_matching()
    {
        using var bench = new Bench(SyncSide.Integration, mapping => mapping.MatchOnNothing().MatchOn("postalCode", "postalcode"));
        bench.Withhold("****");
        _ = bench.Crm.Customers.Insert(("displayName", "Adatum"), ("postalCode", "****"));
        _ = bench.Crm.Accounts.Insert(("name", "Other"), ("postalcode", "9000"));

        _ = await bench.RunAsync(Way.Full, default);

        bench.Crm.Accounts.Count.Should().Be(2);
        bench.Crm.Customers.Count.Should().Be(2);
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task A_value_that_becomes_readable_shortly_before_the_partner_is_deleted_keeps_its_record(SyncSide side)
    {
        using var bench = new Bench(side, mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        bench.Withhold(null);
        var (customer, account) = await bench.Crm.NewPairAsync();
        bench.Edit(side, customer, account, "2000");
        _ = await bench.RunAsync(Way.Full, customer);
        bench.ShowUnnoticed();
        bench.Table(side.Opposite()).Delete(side == SyncSide.Local ? account : customer);

        var job = await bench.RunAsync(Way.Full, customer);

        bench.Table(side).Count.Should().Be(1);
        job.Counters.Should().Be(new SyncCounters { Conflicted = 1 });
        (await bench.Crm.ConflictsAsync()).Should().ContainSingle();
    }

    [Theory]
    [InlineData(null, Way.Modified)]
    [InlineData("****", Way.Modified)]
    [InlineData("****", Way.Full)]
    [InlineData("****", Way.Named)]
    public async Task A_released_value_keeps_its_record_in_every_kind_of_run(string? shown, Way way)
    {
        using var bench = new Bench(
            SyncSide.Integration,
            mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord).ScanForDeletionsEvery(TimeSpan.FromMinutes(1)));
        bench.Withhold(shown);
        var (customer, account) = await bench.Crm.NewPairAsync();
        bench.Edit(SyncSide.Integration, customer, account, "2000");
        _ = await bench.RunAsync(Way.Full, customer);
        bench.ShowUnnoticed();
        bench.Crm.Customers.Delete(customer);

        _ = await bench.RunAsync(way, customer);

        bench.Crm.Accounts.Count.Should().Be(1);
        (await bench.Crm.ConflictsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task A_preview_does_not_list_the_deletion_of_a_released_value()
    {
        using var bench = new Bench(SyncSide.Integration, mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        bench.Withhold(null);
        var (customer, account) = await bench.Crm.NewPairAsync();
        bench.Edit(SyncSide.Integration, customer, account, "2000");
        bench.ShowUnnoticed();
        bench.Crm.Customers.Delete(customer);
        bench.Crm.Later();

        var preview = await bench.Crm.Engine.PreviewAsync(SyncJobKind.Full);

        preview.Operations.Should().BeEmpty();
        bench.Crm.Accounts.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_released_field_without_an_edit_does_not_keep_its_record()
    {
        using var bench = new Bench(SyncSide.Integration, mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        var (customer, _) = await bench.Crm.NewPairAsync();
        bench.Withhold(null);
        _ = await bench.RunAsync(Way.Full, customer);
        bench.ShowUnnoticed();
        bench.Crm.Customers.Delete(customer);

        var job = await bench.RunAsync(Way.Full, customer);

        bench.Crm.Accounts.Count.Should().Be(0);
        job.Counters.Should().Be(new SyncCounters { Deleted = 1 });
    }

    [Fact]
    public async Task A_record_with_an_unreadable_field_is_deleted_with_its_partner()
    {
        using var bench = new Bench(SyncSide.Integration, mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        bench.Withhold(null);
        var (customer, _) = await bench.Crm.NewPairAsync();
        bench.Crm.Customers.Delete(customer);

        _ = await bench.RunAsync(Way.Full, customer);

        bench.Crm.Accounts.Count.Should().Be(0);
        (await bench.Crm.ConflictsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Validation_says_which_fields_cannot_be_read_and_what_follows()
    {
        var log = new RecordingLoggerFactory();
        using var bench = new Bench(SyncSide.Integration, loggers: log);
        bench.Withhold(null);

        var warnings = (await bench.Crm.Engine.ValidateAsync()).Warnings;

        var warning = warnings.Should().ContainSingle().Which;
        warning.FieldMapping.Should().Be(FieldMappingKey.Between("postalCode", "postalcode"));
        warning.Message.Should().Contain("CUSTOMER").And.Contain("'account'").And.Contain("changes no existing record");
        log.Messages.Should().ContainSingle(message => message.Text == warning.Message);
    }

    [Fact]
    public async Task Validation_refuses_a_filter_on_a_field_that_cannot_be_read()
    {
        using var bench = new Bench(SyncSide.Integration, mapping => mapping.IntegrationFilter(RecordFilter.NotEqual("postalcode", FieldValue.Text("x"))));
        bench.Withhold(null);

        var validate = () => bench.Crm.Engine.ValidateAsync();

        (await validate.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("*postalcode*cannot be read*");
    }

    private sealed class Bench : IDisposable
    {
        private readonly SyncSide side;
        private readonly ILoggerFactory? loggers;
        private WithholdingConnector? withholding;

        public Bench(SyncSide side, Action<IntegrationTableMappingBuilder>? mapping = null, ILoggerFactory? loggers = null)
        {
            (this.side, this.loggers) = (side, loggers);
            Crm = new(new FixtureOptions { Customer = mapping, Engine = Wrap });
        }

        public EngineFixture Crm { get; }

        public InMemoryTable Table(SyncSide side) => side == SyncSide.Local ? Crm.Customers : Crm.Accounts;

        public void Withhold(string? shown)
        {
            _ = withholding!.Fields.Add(side == SyncSide.Local ? "postalCode" : "postalcode");
            withholding.Shown = FieldValue.Text(shown);
            Recompile();
        }

        public void Show()
        {
            ShowUnnoticed();
            Recompile();
        }

        // The engine still knows the definition of before.
        public void ShowUnnoticed() => withholding!.Fields.Clear();

        public void Edit(SyncSide edited, Guid customer, Guid account, string value) => _ = edited == SyncSide.Local
            ? Crm.Customers.Update(customer, ("postalCode", value))
            : Crm.Accounts.Update(account, ("postalcode", value));

        public (string Local, string Integration) Values(Guid customer, Guid account) =>
            (Crm.Customers.Find(customer)!["postalCode"].AsText(), Crm.Accounts.Find(account)!["postalcode"].AsText());

        public async Task<SyncJob> RunAsync(Way way, Guid customer)
        {
            Crm.Later();
            return way switch
            {
                Way.Full => await Crm.FullAsync(),
                Way.Modified => await Crm.ModifiedAsync(),
                _ => await Crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, customer),
            };
        }

        public void Dispose() => Crm.Dispose();

        // The engine reads the schemas again after a change of its mappings.
        private void Recompile() => Crm.Engine.Mappings.Change("CUSTOMER", mapping => mapping.MaximumDeletionShare(0.1));

        private SyncEngineOptions Wrap(SyncEngineOptions options)
        {
            options = options with { LoggerFactory = loggers, SchemaLifetime = TimeSpan.FromDays(1) };
            withholding = side == SyncSide.Local
                ? new(options.Local, "customers")
                : new(options.Integration, "account");
            return side == SyncSide.Local ? options with { Local = withholding } : options with { Integration = withholding };
        }
    }
}
