using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>Two mappings over customers and accounts: one for the names, one for the credit limits.</summary>
internal sealed class LinkFixture : IDisposable
{
    public const string Names = "CUSTOMER";
    public const string Credits = "CREDIT";

    public LinkFixture(Action<IntegrationTableMappingBuilder>? change = null)
    {
        Time = new(EngineFixture.Start);
        Local = new(new() { Flavor = InMemoryFlavor.BusinessCentral, TimeProvider = Time });
        _ = Local.AddTable("customers", table => table.Text("displayName").Field("creditLimit", FieldType.Decimal));
        Integration = new(new() { Flavor = InMemoryFlavor.Dataverse, TimeProvider = Time, Seed = 2 });
        _ = Integration.AddTable("account", table => table.Text("name", 50).Field("creditlimit", FieldType.Decimal));
        Memory = new(Time);
        Store = new(Memory);
        Mappings =
        [
            New(Names, mapping => mapping.Field("displayName", "name"), change),
            New(Credits, mapping => mapping.Field("creditLimit", "creditlimit"), change),
        ];
        Engine = NewEngine();
    }

    public FakeTimeProvider Time { get; }

    public InMemoryConnector Local { get; }

    public InMemoryConnector Integration { get; }

    public InMemoryCouplingStore Memory { get; }

    public HookedCouplingStore Store { get; }

    public IReadOnlyList<IIntegrationTableMapping> Mappings { get; }

    public SyncEngine Engine { get; private set; }

    public InMemoryTable Customers => Local["customers"];

    public InMemoryTable Accounts => Integration["account"];

    public long Writes => Local.RowsWritten + Integration.RowsWritten;

    public SyncEngine NewEngine() => new(new()
    {
        Local = Local,
        Integration = Integration,
        Store = Store,
        TimeProvider = Time,
        Mappings = Mappings,
    });

    /// <summary>The process dies and another begins; a lease left behind expires.</summary>
    public void Restart()
    {
        Engine.Dispose();
        Local.Faults.Clear();
        Integration.Faults.Clear();
        Store.Clear();
        Later();
        Engine = NewEngine();
    }

    public void Later() => Time.Advance(TimeSpan.FromMinutes(15));

    public async Task<(Guid Customer, Guid Account)> NewPairAsync()
    {
        var customer = Customers.Insert(("displayName", "Adatum"), ("creditLimit", 10m)).Id;
        _ = await Engine.SynchronizeFullAsync();
        Later();
        _ = await Engine.SynchronizeModifiedAsync();
        Later();
        Local.ResetCounters();
        Integration.ResetCounters();
        return (customer, Accounts.Records.Single().Id);
    }

    /// <summary>Runs both mappings until nothing waits.</summary>
    public async Task ConvergeAsync()
    {
        for (var run = 0; run < 2; run++)
        {
            Later();
            _ = await Engine.SynchronizeModifiedAsync(new() { RetriesAllFailures = true, AllowsMassDeletion = true });
        }

        Later();
        _ = await Engine.SynchronizeFullAsync(new SyncRunOptions { AllowsMassDeletion = true });
        Later();
        _ = await Engine.SynchronizeModifiedAsync();
    }

    public async Task<List<(Guid Customer, Guid Account)>> LinksAsync(string mapping) =>
        [.. (await Engine.Couplings.ListAsync(mapping).ToListAsync()).Select(coupling => (coupling.LocalId, coupling.IntegrationId))];

    /// <summary>Requires that nothing is left to do, and that nothing failed.</summary>
    /// <param name="remembers">Whether uncoupled pairs may be listed.</param>
    public async Task ShouldBeAtRestAsync(bool remembers = false)
    {
        await ConvergeAsync();
        Local.ResetCounters();
        Integration.ResetCounters();
        Later();
        _ = await Engine.SynchronizeModifiedAsync();
        Writes.Should().Be(0);
        foreach (var mapping in new[] { Names, Credits })
        {
            var failures = await Engine.Issues.ListFailuresAsync(mapping).ToListAsync();
            failures.Where(failure => !remembers || failure.Error.Code != SyncErrorCodes.Uncoupled).Should().BeEmpty();
        }
    }

    public void Dispose() => Engine.Dispose();

    private static IntegrationTableMapping New(
        string name, Action<IntegrationTableMappingBuilder> fields, Action<IntegrationTableMappingBuilder>? change)
    {
        var builder = new IntegrationTableMappingBuilder(name).Between("customers", "account").OnlyCoupledRecords(false);
        fields(builder);
        change?.Invoke(builder);
        return builder.Build();
    }
}
