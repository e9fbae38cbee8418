using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Planning;

/// <summary>The first merge of a pair or of a field: no value disappears, and nothing is written again afterward.</summary>
public sealed class FirstMergeTests
{
    public enum Way
    {
        Full,
        Modified,
        Named,
        Preview,
    }

    public static TheoryData<SyncSide, Way, FirstSynchronization?> EveryCase()
    {
        var data = new TheoryData<SyncSide, Way, FirstSynchronization?>();
        foreach (var side in new[] { SyncSide.Local, SyncSide.Integration })
        {
            foreach (var way in Enum.GetValues<Way>())
            {
                data.Add(side, way, null);
                data.Add(side, way, FirstSynchronization.LocalWins);
                data.Add(side, way, FirstSynchronization.IntegrationWins);
                data.Add(side, way, FirstSynchronization.Conflict);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryCase))]
    public async Task A_blank_never_wins_over_a_value_when_a_matched_pair_is_merged(
        SyncSide blankSide, Way way, FirstSynchronization? first)
    {
        using var crm = new EngineFixture();
        var isLocalBlank = blankSide == SyncSide.Local;
        var customer = crm.Customers.Insert(
            ("number", "10000"), ("displayName", "Adatum"), ("postalCode", isLocalBlank ? null : "1000"), ("creditLimit", isLocalBlank ? 0m : 5m)).Id;
        var account = crm.Accounts.Insert(
            ("accountnumber", "10000"), ("name", "Adatum"), ("postalcode", isLocalBlank ? "1000" : null), ("creditlimit", isLocalBlank ? 5m : null)).Id;

        var job = await RunAsync(crm, way, customer, new() { FirstSynchronization = first });

        (job.Counters.Coupled, job.Counters.Conflicted).Should().Be((1, 0));
        var isDone = way != Way.Preview;
        crm.Customers.Find(customer)!["postalCode"].AsText().Should().Be(isLocalBlank && !isDone ? "" : "1000");
        crm.Accounts.Find(account)!["postalcode"].AsText().Should().Be(isLocalBlank || isDone ? "1000" : "");
        crm.Accounts.Find(account)!["creditlimit"].IsBlank.Should().Be(!isLocalBlank && !isDone);
        (await crm.ConflictsAsync(includeResolved: true)).Should().BeEmpty();
        await NothingIsWrittenAgainAsync(crm);
    }

    [Fact]
    public async Task M08_A_phone_and_a_web_site_that_only_the_account_has_survive_the_first_full_run()
    {
        using var crm = new EngineFixture(mapping => mapping.Field("website", "websiteurl", field => field.Direction(SyncDirection.Bidirectional)));
        var customer = crm.Customers.Insert(("number", "10000"), ("displayName", "Adatum")).Id;
        _ = crm.Accounts.Insert(("accountnumber", "10000"), ("name", "Adatum"), ("postalcode", "1000"), ("websiteurl", "adatum.com"));

        _ = await crm.FullAsync();

        Shown(crm.Customers.Find(customer)!, "postalCode", "website").Should().Be("1000|adatum.com");
        await NothingIsWrittenAgainAsync(crm);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task The_blank_option_of_a_choice_never_wins_over_an_option(string label)
    {
        var local = CrmTables.NewLocal(TimeProvider.System);
        _ = local.AddTable("items", table => table.BusinessKey("no").Field(new FieldSchema
        {
            Name = "category",
            Type = FieldType.Choice,
            Options = [new(FieldValue.Integer(0), label), new(FieldValue.Integer(1), "Preferred")],
        }));
        var integration = CrmTables.NewIntegration(TimeProvider.System);
        _ = integration.AddTable("product", table => table.Key("productid").Text("no").Field(new FieldSchema
        {
            Name = "category",
            Type = FieldType.Choice,
            Options = [new(FieldValue.Integer(0), label), new(FieldValue.Integer(1), "Preferred")],
        }));
        using var engine = new SyncEngine(new()
        {
            Local = local,
            Integration = integration,
            Store = new InMemoryCouplingStore(),
            Mappings =
            [
                new IntegrationTableMappingBuilder("ITEM").Between("items", "product")
                    .Field("no", "no", field => field.UseForMatching()).Field("category", "category").Build(),
            ],
        });
        var item = local["items"].Insert(("no", "1"), ("category", 0)).Id;
        _ = integration["product"].Insert(("no", "1"), ("category", 1));

        _ = await engine.SynchronizeFullAsync();

        local["items"].Find(item)!["category"].AsInteger().Should().Be(1);
    }

    [Fact]
    public async Task A_one_way_field_leaves_the_target_its_value_until_the_source_is_edited()
    {
        using var crm = new EngineFixture(mapping => mapping.Field("creditLimit", "creditlimit", field => field.ToIntegration()));
        var customer = crm.Customers.Insert(("number", "10000"), ("displayName", "Adatum"), ("creditLimit", 0m)).Id;
        var account = crm.Accounts.Insert(("accountnumber", "10000"), ("name", "Adatum"), ("creditlimit", 1500.50m)).Id;

        _ = await crm.FullAsync();
        await NothingIsWrittenAgainAsync(crm);
        crm.Accounts.Update(account, ("creditlimit", 1600m));
        crm.Later();
        _ = await crm.FullAsync();
        var before = crm.Accounts.Find(account)!["creditlimit"].AsDecimal();
        crm.Customers.Update(customer, ("creditLimit", 10m));
        crm.Later();
        _ = await crm.ModifiedAsync();

        before.Should().Be(1600m);
        crm.Accounts.Find(account)!["creditlimit"].AsDecimal().Should().Be(10m);
        (await crm.ConflictsAsync(includeResolved: true)).Should().ContainSingle()
            .Which.Fields.Should().ContainSingle().Which.Integration.AsDecimal().Should().Be(1600m);
        await NothingIsWrittenAgainAsync(crm);
    }

    [Fact]
    public async Task Two_differing_values_of_a_one_way_field_leave_the_source_as_it_is_and_keep_the_loser()
    {
        using var crm = new EngineFixture();
        _ = crm.Customers.Insert(("number", "10000"), ("displayName", "Adatum"), ("website", "old.example")).Id;
        _ = crm.Accounts.Insert(("accountnumber", "10000"), ("name", "Adatum"), ("websiteurl", "new.example")).Id;

        var job = await crm.FullAsync();

        crm.Customers.Records[0]["website"].AsText().Should().Be("new.example");
        job.Counters.Conflicted.Should().Be(0);
        (await crm.ConflictsAsync()).Should().BeEmpty();
        (await crm.ConflictsAsync(includeResolved: true)).Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Resolution = ConflictResolution.IntegrationWon,
            Fields = new[]
            {
                new FieldConflict("website>websiteurl", FieldValue.Text("old.example"), FieldValue.Text("new.example"), ConflictResolution.IntegrationWon),
            },
        });
        await NothingIsWrittenAgainAsync(crm);
    }

    [Theory]
    [InlineData(SyncSide.Local, SyncDirection.Bidirectional)]
    [InlineData(SyncSide.Integration, SyncDirection.Bidirectional)]
    [InlineData(SyncSide.Local, SyncDirection.ToIntegrationTable)]
    [InlineData(SyncSide.Integration, SyncDirection.FromIntegrationTable)]
    public async Task A_field_mapping_added_over_filled_columns_erases_nothing(SyncSide blankSide, SyncDirection direction)
    {
        using var crm = new EngineFixture(mapping => mapping.Field("website", "websiteurl", field => field.Disabled()));
        var (customer, account) = await crm.NewPairAsync();
        _ = blankSide == SyncSide.Local
            ? crm.Accounts.Update(account, ("websiteurl", "adatum.com"))
            : crm.Customers.Update(customer, ("website", "adatum.com"));
        await crm.ConvergeAsync();
        crm.Engine.Mappings.Change("CUSTOMER", mapping => mapping.Field("website", "websiteurl", field => field.Direction(direction).Enabled()));

        _ = await crm.FullAsync();

        var (local, integration) = (crm.Customers.Find(customer)!["website"].AsText(), crm.Accounts.Find(account)!["websiteurl"].AsText());
        (blankSide == SyncSide.Local ? integration : local).Should().Be("adatum.com");
        (blankSide == SyncSide.Local ? local : integration).Should().Be(direction == SyncDirection.Bidirectional ? "adatum.com" : "");
        (await crm.ConflictsAsync(includeResolved: true)).Should().BeEmpty();
        await NothingIsWrittenAgainAsync(crm);
    }

    [Fact]
    public async Task A_field_mapping_enabled_again_over_differing_columns_keeps_the_loser()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Engine.Mappings.Change("CUSTOMER", mapping => mapping.Field("postalCode", "postalcode", field => field.Disabled()));
        crm.Customers.Update(customer, ("displayName", "Adatum Ltd"), ("postalCode", "OURS"));
        crm.Accounts.Update(account, ("postalcode", "THEIRS"));
        await crm.ConvergeAsync();
        crm.Engine.Mappings.Change("CUSTOMER", mapping => mapping.Field("postalCode", "postalcode", field => field.Enabled()));

        _ = await crm.FullAsync();

        crm.Accounts.Find(account)!["postalcode"].AsText().Should().Be("OURS");
        (await crm.ConflictsAsync(includeResolved: true)).Should().ContainSingle()
            .Which.Fields.Should().ContainSingle().Which.Integration.AsText().Should().Be("THEIRS");
        await NothingIsWrittenAgainAsync(crm);
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task A_value_that_a_created_record_has_by_default_never_clears_its_source(SyncSide source)
    {
        var away = source == SyncSide.Local ? SyncDirection.FromIntegrationTable : SyncDirection.ToIntegrationTable;
        using var crm = new EngineFixture(new FixtureOptions
        {
            Customer = mapping => mapping
                .Field("creditLimit", "creditlimit", field => field.Direction(away))
                .Field("category", "category", field => field.Direction(away)),
            Engine = options => options with
            {
                Local = new DefaultingConnector(
                    options.Local, "customers", new("creditLimit", FieldValue.Decimal(0)), new("category", FieldValue.Text("Standard"))),
                Integration = new DefaultingConnector(
                    options.Integration, "account", new("creditlimit", FieldValue.Decimal(0)), new("category", FieldValue.Integer(2))),
            },
        });
        var id = source == SyncSide.Local
            ? crm.Customers.Insert(("displayName", "Adatum"), ("creditLimit", 1500.50m), ("category", "Preferred")).Id
            : crm.Accounts.Insert(("name", "Adatum"), ("creditlimit", 1500.50m), ("category", 1)).Id;

        _ = await crm.FullAsync();

        var record = (source == SyncSide.Local ? crm.Customers : crm.Accounts).Find(id)!;
        record[source == SyncSide.Local ? "creditLimit" : "creditlimit"].AsDecimal().Should().Be(1500.50m);
        record["category"].ToString().Should().Be(source == SyncSide.Local ? "Preferred" : "1");
        await NothingIsWrittenAgainAsync(crm);
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task A_value_that_a_created_record_has_by_default_fills_a_blank_of_its_source_once(SyncSide source)
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            Engine = options => options with
            {
                Local = new DefaultingConnector(options.Local, "customers", new("postalCode", FieldValue.Text("1000")), new("creditLimit", FieldValue.Decimal(0))),
                Integration = new DefaultingConnector(options.Integration, "account", new("postalcode", FieldValue.Text("1000")), new("creditlimit", FieldValue.Decimal(0))),
            },
        });
        _ = crm.Insert(source, "Adatum");

        _ = await crm.FullAsync();

        (crm.Customers.Records[0]["postalCode"].AsText(), crm.Accounts.Records[0]["postalcode"].AsText()).Should().Be(("1000", "1000"));
        await NothingIsWrittenAgainAsync(crm);
    }

    [Fact]
    public async Task Number_that_the_local_system_assigns_travels_back_in_the_run_that_creates_the_record()
    {
        using var crm = new EngineFixture();
        var account = crm.Accounts.Insert(("name", "Fabrikam")).Id;

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        crm.Accounts.Find(account)!["accountnumber"].AsText().Should().Be("C00010");
        await NothingIsWrittenAgainAsync(crm);
    }

    [Fact]
    public async Task A_response_that_shows_a_part_of_a_created_record_blanks_nothing_of_its_source()
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            Engine = options => options with { Local = new HookedConnector(options.Local) { OnWrite = AnswerNamesAsync } },
        });
        var account = crm.Accounts.Insert(("name", "Fabrikam"), ("postalcode", "1000"), ("creditlimit", 5m)).Id;

        var job = await crm.FullAsync();

        job.Counters.Failed.Should().Be(0);
        Shown(crm.Accounts.Find(account)!, "name", "postalcode", "creditlimit").Should().Be("Fabrikam|1000|5");
        crm.Later();
        _ = await crm.ModifiedAsync();
        Shown(crm.Accounts.Find(account)!, "accountnumber", "postalcode").Should().Be("C00010|1000");
        await NothingIsWrittenAgainAsync(crm);

        static async Task<IReadOnlyList<WriteResult>> AnswerNamesAsync(
            WriteBatch batch, Func<WriteBatch, Task<IReadOnlyList<WriteResult>>> send) =>
            [.. (await send(batch)).Select(result => result.Record is not { } record ? result : result with
            {
                Record = new(new("customers", ["displayName"]), record.Id, [record["displayName"]], record.Version, record.ModifiedOn),
            })];
    }

    [Fact]
    public async Task An_open_conflict_does_not_move_the_time_of_the_synchronization()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        var before = (await crm.CouplingOfAsync(customer))!.SynchronizedOn;
        crm.Customers.Update(customer, ("displayName", "Ours"), ("postalCode", "2000"));
        crm.Accounts.Update(account, ("name", "Theirs"));

        _ = await crm.ModifiedAsync();

        (await crm.CouplingOfAsync(customer))!.SynchronizedOn.Should().Be(before);
        _ = await crm.Engine.Issues.ResolveAsync("CUSTOMER", (await crm.ConflictsAsync())[0].Id, SyncSide.Local);
        (await crm.CouplingOfAsync(customer))!.SynchronizedOn.Should().Be(crm.Time.GetUtcNow());
    }

    private static async Task<SyncJob> RunAsync(EngineFixture crm, Way way, Guid customer, SyncRunOptions options) => way switch
    {
        Way.Full => await crm.FullAsync(options),
        Way.Modified => await crm.ModifiedAsync(options),
        Way.Named => await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, customer, options),
        _ => (await crm.Engine.PreviewAsync(SyncJobKind.Full, options)).Jobs[^1],
    };

    private static async Task NothingIsWrittenAgainAsync(EngineFixture crm)
    {
        if (crm.Writes == 0)
        {
            return;
        }

        crm.Later();
        crm.ResetCounters();
        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.FullAsync();
        crm.Later();
        _ = await crm.FullAsync();
        crm.Writes.Should().Be(0);
    }

    private static string Shown(TableRecord record, params string[] fields) =>
        string.Join('|', fields.Select(field => record[field].ToString()));
}
