using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Two companies with one coupling store and one integration system, whose connectors tell no ids.</summary>
public sealed class SharedTableTests : IDisposable
{
    private readonly FakeTimeProvider time = new(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly InMemoryConnector integration;
    private readonly InMemoryCouplingStore store;
    private readonly List<SyncEngine> engines = [];

    public SharedTableTests()
    {
        integration = new(new() { TimeProvider = time });
        _ = integration.AddTable(
            "account",
            table => table.Text("name", 100).Text("company", 10).Field("division", FieldType.Integer));
        store = new(time);
    }

    public void Dispose() => engines.ForEach(engine => engine.Dispose());

    [Fact]
    public async Task A_second_scope_on_a_table_without_a_company_column_is_refused()
    {
        await RunAsync(NewEngine("A", "Of A"));
        var second = NewEngine("B", "Of B");

        var running = () => RunAsync(second);

        (await running.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("*'account'*ClaimedBy*");
        integration["account"].Records.Should().ContainSingle();
    }

    [Fact]
    public async Task A_named_record_is_refused_too()
    {
        await RunAsync(NewEngine("A", "Of A"));
        var account = integration["account"].Records.Single().Id;

        var running = () => NewEngine("B", "Of B").SynchronizeRecordsAsync("CUSTOMER", SyncSide.Integration, [account]);

        _ = await running.Should().ThrowAsync<SyncConfigurationException>();
    }

    [Fact]
    public async Task Two_scopes_may_use_a_table_that_all_companies_share()
    {
        await RunAsync(NewEngine("A", "Of A", mapping => mapping.SharedByCompanies()));

        await RunAsync(NewEngine("B", "Of B", mapping => mapping.SharedByCompanies()));

        integration["account"].Records.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("company", "A", "B")]
    [InlineData("division", "1", "2")]
    public async Task Two_scopes_may_use_a_table_that_both_claim(string column, string first, string second)
    {
        FieldValue Key(string key) => column == "division" ? FieldValue.Integer(long.Parse(key)) : FieldValue.Text(key);
        var (a, b) = (
            NewEngine("A", "Of A", mapping => mapping.ClaimedBy(new CompanyColumn { Column = column, Key = Key(first) })),
            NewEngine("B", "Of B", mapping => mapping.ClaimedBy(new CompanyColumn { Column = column, Key = Key(second) })));

        await RunAsync(a);
        await RunAsync(b);
        await RunAsync(a);

        integration["account"].Records.Select(row => (row["name"].AsText(), row[column])).Should().BeEquivalentTo(
            [("Of A", Key(first)), ("Of B", Key(second))]);
        (await a.Couplings.ListAsync("CUSTOMER").ToListAsync()).Should().ContainSingle();
        (await b.Couplings.ListAsync("CUSTOMER").ToListAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Two_scopes_that_claim_rows_for_the_same_company_are_refused()
    {
        var column = new CompanyColumn { Column = "company", Key = FieldValue.Text("A") };
        await RunAsync(NewEngine("A", "Of A", mapping => mapping.ClaimedBy(column)));

        var running = () => RunAsync(NewEngine("B", "Of B", mapping => mapping.ClaimedBy(column)));

        (await running.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("*same company*");
    }

    [Fact]
    public async Task A_scope_with_a_company_column_is_refused_on_a_table_that_another_uses_without_one()
    {
        await RunAsync(NewEngine("A", "Of A"));
        var column = new CompanyColumn { Column = "company", Key = FieldValue.Text("B") };

        var running = () => RunAsync(NewEngine("B", "Of B", mapping => mapping.ClaimedBy(column)));

        _ = await running.Should().ThrowAsync<SyncConfigurationException>();
    }

    [Fact]
    public async Task The_first_scope_may_add_a_company_column_later()
    {
        await RunAsync(NewEngine("A", "Of A"));
        CompanyColumn ColumnOf(string key) => new() { Column = "company", Key = FieldValue.Text(key) };
        await RunAsync(NewEngine("A", "Of A", mapping => mapping.ClaimedBy(ColumnOf("A"))));

        await RunAsync(NewEngine("B", "Of B", mapping => mapping.ClaimedBy(ColumnOf("B"))));

        integration["account"].Records.Select(row => row["company"].AsText()).Should().BeEquivalentTo("A", "B");
    }

    [Fact]
    public async Task A_scope_of_another_integration_system_does_not_count()
    {
        await RunAsync(NewEngine("A", "Of A"));
        var other = new InMemoryConnector(new() { TimeProvider = time, Identity = "other" });
        _ = other.AddTable("account", table => table.Text("name", 100));

        await RunAsync(NewEngine("B", "Of B", system: other));

        other["account"].Records.Should().ContainSingle();
    }

    [Fact]
    public async Task A_store_that_keeps_no_register_refuses_nothing()
    {
        await RunAsync(NewEngine("A", "Of A", coupling: new HookedCouplingStore(store)));

        await RunAsync(NewEngine("B", "Of B", coupling: new HookedCouplingStore(store)));

        integration["account"].Records.Should().HaveCount(2);
    }

    private async Task RunAsync(SyncEngine engine)
    {
        time.Advance(TimeSpan.FromMinutes(15));
        _ = await engine.SynchronizeFullAsync("CUSTOMER");
    }

    private SyncEngine NewEngine(
        string company,
        string customer,
        Action<IntegrationTableMappingBuilder>? configure = null,
        ITableConnector? system = null,
        ICouplingStore? coupling = null)
    {
        var local = new InMemoryConnector(new()
        {
            Flavor = InMemoryFlavor.BusinessCentral,
            TimeProvider = time,
            Identity = company,
        });
        _ = local.AddTable("customers", table => table.Text("displayName", 100));
        _ = local["customers"].Insert(("displayName", customer));
        var mapping = new IntegrationTableMappingBuilder("CUSTOMER").Between("customers", "account")
            .Field("displayName", "name");
        configure?.Invoke(mapping);
        var engine = new SyncEngine(new()
        {
            Local = local,
            Integration = system ?? integration,
            Store = coupling ?? store,
            TimeProvider = time,
            Mappings = [mapping.Build()],
        });
        engines.Add(engine);
        return engine;
    }
}
