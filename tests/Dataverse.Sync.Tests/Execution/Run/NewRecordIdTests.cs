using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Run;

public sealed class NewRecordIdTests
{
    [Fact]
    public async Task Ids_derived_from_the_source_are_the_same_in_every_engine_and_differ_by_record()
    {
        using var first = NewFixture();
        using var second = NewFixture();
        var ids = new List<Guid>();
        foreach (var fixture in new[] { first, second })
        {
            _ = fixture.Customers.Insert(new Guid(1, 1, 1, new byte[8]), ("displayName", "Adatum"));
            _ = fixture.Customers.Insert(new Guid(2, 1, 1, new byte[8]), ("displayName", "Fabrikam"));
            _ = await fixture.FullAsync();
            ids.AddRange(fixture.Accounts.Records.OrderBy(account => account["name"].ToString()).Select(account => account.Id));
        }

        ids.Should().HaveCount(4);
        ids[..2].Should().Equal(ids[2..]).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Scope_changes_the_derived_id()
    {
        using var first = NewFixture();
        using var second = NewFixture(new SyncScope("another"));
        var (_, account) = await first.NewPairAsync();
        var (_, other) = await second.NewPairAsync();

        other.Should().NotBe(account);
    }

    [Fact]
    public async Task Partner_that_is_created_again_after_a_deletion_gets_another_id_each_time()
    {
        using var fixture = NewFixture(customer: mapping => mapping.OnDeletion(DeletionPolicy.RestoreRecords));
        var (customer, account) = await fixture.NewPairAsync();
        var ids = new List<Guid> { account };
        for (var round = 0; round < 3; round++)
        {
            fixture.Accounts.Delete(ids[^1]);
            _ = await fixture.FullAsync();
            fixture.Later();
            ids.Add((await fixture.CouplingOfAsync(customer))!.IntegrationId);
        }

        ids.Should().OnlyHaveUniqueItems();
        fixture.Accounts.Count.Should().Be(1);
    }

    [Fact]
    public async Task Record_under_a_derived_id_that_was_edited_since_is_coupled_and_its_value_is_not_lost()
    {
        static void WithoutMatching(IntegrationTableMappingBuilder mapping) => mapping.MatchOnNothing();
        using var fixture = NewFixture(customer: WithoutMatching);
        var (customer, account) = await fixture.NewPairAsync();
        _ = fixture.Accounts.Update(account, ("name", "Theirs"));
        _ = fixture.Customers.Update(customer, ("postalCode", "2000"));
        using var engine = new SyncEngine(new()
        {
            Local = fixture.Local,
            Integration = fixture.Integration,
            Store = new InMemoryCouplingStore(fixture.Time),
            TimeProvider = fixture.Time,
            NewRecordIds = NewRecordIds.DerivedFromSource,
            Mappings = [CrmTables.Salesperson(), CrmTables.Customer(WithoutMatching)],
        });

        var job = await engine.SynchronizeFullAsync(EngineFixture.Mapping);

        job.Counters.Failed.Should().Be(0);
        (fixture.Accounts.Count, fixture.Customers.Count).Should().Be((1, 1));
        (fixture.Name(account), fixture.Accounts.Find(account)!["postalcode"].AsText()).Should().Be(("Adatum", "2000"));
        (await engine.Issues.ListConflictsAsync(EngineFixture.Mapping, includeResolved: true).ToListAsync())
            .SelectMany(conflict => conflict.Fields).Select(field => field.Integration.ToString()).Should().Contain("Theirs");
    }

    [Theory]
    [InlineData(NewRecordIds.DerivedFromSource, 1)]
    [InlineData(NewRecordIds.Sequential, 2)]
    public async Task Lost_store_creates_nothing_twice_where_ids_are_derived(NewRecordIds ids, int accounts)
    {
        static void WithoutMatching(IntegrationTableMappingBuilder mapping) =>
            mapping.Direction(SyncDirection.ToIntegrationTable).MatchOnNothing();
        using var fixture = new EngineFixture(new FixtureOptions
        {
            Customer = WithoutMatching,
            Engine = options => options with { NewRecordIds = ids },
        });
        var (customer, account) = await fixture.NewPairAsync();
        using var engine = new SyncEngine(new()
        {
            Local = fixture.Local,
            Integration = fixture.Integration,
            Store = new InMemoryCouplingStore(fixture.Time),
            TimeProvider = fixture.Time,
            NewRecordIds = ids,
            Mappings = [CrmTables.Salesperson(), CrmTables.Customer(WithoutMatching)],
        });

        var job = await engine.SynchronizeFullAsync(EngineFixture.Mapping);
        _ = fixture.Customers.Update(customer, ("displayName", "Renamed"));
        fixture.Later();
        _ = await engine.SynchronizeTableAsync(EngineFixture.Mapping);

        job.Counters.Failed.Should().Be(0);
        fixture.Accounts.Count.Should().Be(accounts);
        if (ids == NewRecordIds.DerivedFromSource)
        {
            (await engine.Couplings.FindAsync(EngineFixture.Mapping, SyncSide.Local, customer))!.IntegrationId.Should().Be(account);
            fixture.Name(account).Should().Be("Renamed");
        }
    }

    [Fact]
    public async Task Derived_id_that_another_coupling_holds_is_not_used()
    {
        using var fixture = NewFixture();
        var (customer, account) = await fixture.NewPairAsync();
        var other = fixture.Customers.Insert(("displayName", "Other")).Id;
        await fixture.Engine.Couplings.UncoupleAsync(EngineFixture.Mapping, SyncSide.Local, [customer]);
        await fixture.Engine.Couplings.CoupleAsync(EngineFixture.Mapping, other, account);

        _ = await fixture.Engine.Doubts.CreatePartnersAsync(EngineFixture.Mapping, SyncSide.Local, [customer]);

        var coupling = await fixture.CouplingOfAsync(customer);
        coupling!.IntegrationId.Should().NotBe(account);
        fixture.Accounts.Count.Should().Be(2);
    }

    [Fact]
    public async Task Preview_names_the_derived_id_that_the_run_uses()
    {
        using var fixture = NewFixture();
        _ = fixture.Customers.Insert(("displayName", "Adatum"));

        var preview = await fixture.Engine.PreviewAsync(EngineFixture.Mapping, SyncJobKind.Full);
        _ = await fixture.FullAsync();

        preview.Operations.Should().ContainSingle().Which.RecordId.Should().Be(fixture.Accounts.Records[0].Id);
    }

    [Fact]
    public void Undefined_way_of_choosing_ids_is_refused()
    {
        var create = () => new EngineFixture(new FixtureOptions { Engine = options => options with { NewRecordIds = (NewRecordIds)2 } });

        create.Should().Throw<SyncConfigurationException>().WithMessage("*NewRecordIds is 2; it must be a value of NewRecordIds.*");
    }

    private static EngineFixture NewFixture(SyncScope? scope = null, Action<IntegrationTableMappingBuilder>? customer = null) =>
        new(new FixtureOptions
        {
            Customer = customer,
            Engine = options => options with { NewRecordIds = NewRecordIds.DerivedFromSource, Scope = scope },
        });
}
