using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>A value that cannot be read, or a field that is missing, is the fault of its record alone.</summary>
public sealed class UnreadableValueTests
{
    public static TheoryData<SyncSide, string, string> Values() => new()
    {
        { SyncSide.Local, "creditLimit", "text" },
        { SyncSide.Local, "creditLimit", "unreadable" },
        { SyncSide.Local, "displayName", "unreadable" },
        { SyncSide.Local, "taxLiable", "text" },
        { SyncSide.Local, "category", "flag" },
        { SyncSide.Local, "salespersonCode", "unreadable" },
        { SyncSide.Local, "displayName", "missing" },
        { SyncSide.Local, "blocked", "missing" },
        { SyncSide.Local, "blocked", "unreadable" },
        { SyncSide.Local, "number", "unreadable" },
        { SyncSide.Integration, "ownerid", "text" },
        { SyncSide.Integration, "ownerid", "unreadable" },
        { SyncSide.Integration, "creditlimit", "text" },
        { SyncSide.Integration, "taxliable", "unreadable" },
        { SyncSide.Integration, "category", "flag" },
        { SyncSide.Integration, "name", "missing" },
        { SyncSide.Integration, "inactive", "missing" },
        { SyncSide.Integration, "accountnumber", "missing" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task I23_A_value_that_cannot_be_read_fails_its_record_and_travels_when_it_can(
        SyncSide side, string field, string form)
    {
        var systems = new Systems();
        using var crm = new EngineFixture(OptionsFor(systems));
        var good = crm.Customers.Insert(("displayName", "Adatum"), ("creditLimit", 5m)).Id;
        var bad = crm.Customers.Insert(("displayName", "Contoso"), ("creditLimit", 6m)).Id;
        await crm.ConvergeAsync();
        var goodAccount = (await crm.CouplingOfAsync(good))!.IntegrationId;
        var badAccount = (await crm.CouplingOfAsync(bad))!.IntegrationId;
        systems.On(side).Change = Spoiling(side == SyncSide.Local ? bad : badAccount, field, form);
        crm.Customers.Update(good, ("displayName", "Adatum 2"));
        crm.Customers.Update(bad, ("displayName", "Contoso 2"));
        crm.Accounts.Update(goodAccount, ("creditlimit", 55m));
        crm.Accounts.Update(badAccount, ("creditlimit", 66m));
        var added = crm.Customers.Insert(("displayName", "Fabrikam")).Id;

        var preview = await crm.Engine.PreviewAsync(SyncJobKind.Modified);
        var modified = await crm.ModifiedAsync();
        var named = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, bad);
        var full = await crm.FullAsync();

        crm.Name(goodAccount).Should().Be("Adatum 2");
        (await crm.CouplingOfAsync(added)).Should().NotBeNull();
        preview.Errors.Should().ContainSingle();
        new[] { modified, named, full }.Should().OnlyContain(job => job.Counters.Failed == 1);
        var error = (await crm.FailuresAsync()).Should().ContainSingle().Which.Error;
        error.Code.Should().Be(SyncErrorCodes.ValueNotConvertible);
        error.Message.Should().Contain($"'{field}'");
        error.Field.Should().Contain(field);

        systems.On(side).Change = null;
        crm.Later();
        await crm.ConvergeAsync();

        (await crm.FailuresAsync()).Should().BeEmpty();
        crm.Name(badAccount).Should().Be("Contoso 2");
        crm.Customers.Find(bad)!["creditLimit"].AsDecimal().Should().Be(66m);
    }

    [Theory]
    [InlineData("unreadable")]
    [InlineData("missing")]
    public async Task A_survivor_that_cannot_be_read_is_neither_deleted_nor_copied(string form)
    {
        foreach (var policy in new[] { DeletionPolicy.DeleteRecord, DeletionPolicy.RestoreRecords })
        {
            var systems = new Systems();
            using var crm = new EngineFixture(OptionsFor(systems, mapping => mapping.OnDeletion(policy)));
            var (customer, account) = await crm.NewPairAsync();
            systems.Local!.Change = Spoiling(customer, "displayName", form);
            crm.Accounts.Delete(account);

            var job = await crm.ModifiedAsync();

            job.Counters.Should().Be(new SyncCounters { Failed = 1 });
            crm.Customers.Find(customer).Should().NotBeNull();
            crm.Accounts.Count.Should().Be(0);
        }
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_matches_nothing()
    {
        var systems = new Systems();
        using var crm = new EngineFixture(OptionsFor(systems, mapping => mapping.MatchOn("displayName", "name", priority: 1)));
        var first = crm.Insert(SyncSide.Local, "Adatum");
        var second = crm.Insert(SyncSide.Local, "Contoso");
        _ = crm.Insert(SyncSide.Integration, "Adatum");
        var contoso = crm.Insert(SyncSide.Integration, "Contoso");
        systems.Local!.Change = Spoiling(first, "displayName", "unreadable");

        _ = await crm.Engine.Couplings.MatchAsync("CUSTOMER");

        (await crm.CouplingsAsync()).Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new { LocalId = second, IntegrationId = contoso });
    }

    private static FixtureOptions OptionsFor(Systems systems, Action<IntegrationTableMappingBuilder>? mapping = null) => new()
    {
        Customer = builder =>
        {
            _ = builder.LocalFilter(RecordFilter.NotEqual("blocked", FieldValue.Boolean(true)))
                .IntegrationFilter(RecordFilter.NotEqual("inactive", FieldValue.Boolean(true)));
            mapping?.Invoke(builder);
        },
        Engine = engine => engine with
        {
            Local = systems.Local = new(engine.Local),
            Integration = systems.Integration = new(engine.Integration),
        },
    };

    private static Func<TableRecord, TableRecord> Spoiling(Guid id, string field, string form) => record =>
    {
        if (record.Id != id || record.Layout.IndexOf(field) < 0)
        {
            return record;
        }

        var fields = record.Layout.Fields.ToList();
        var values = record.Values.ToArray().ToList();
        var place = fields.IndexOf(field);
        if (form == "missing")
        {
            fields.RemoveAt(place);
            values.RemoveAt(place);
        }
        else
        {
            values[place] = form switch
            {
                "text" => FieldValue.Text("###"),
                "flag" => FieldValue.Boolean(true),
                _ => FieldValue.Unreadable,
            };
        }

        return new(new RecordLayout(record.Layout.Table, fields), record.Id, [.. values], record.Version, record.ModifiedOn);
    };

    private sealed class Systems
    {
        public CarelessConnector? Local { get; set; }

        public CarelessConnector? Integration { get; set; }

        public CarelessConnector On(SyncSide side) => side == SyncSide.Local ? Local! : Integration!;
    }
}
