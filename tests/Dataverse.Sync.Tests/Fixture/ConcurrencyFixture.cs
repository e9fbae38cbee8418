using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>Four local tables, each with a counterpart, and mappings that a test joins. One record is in each local table.</summary>
internal sealed class ConcurrencyFixture : IDisposable
{
    private static readonly string[] Tables = ["a", "b", "c", "d"];

    public ConcurrencyFixture(
        IReadOnlyList<IntegrationTableMapping> mappings, Func<SyncEngineOptions, SyncEngineOptions>? change = null)
    {
        Time = new(EngineFixture.Start);
        Local = new(new() { Flavor = InMemoryFlavor.BusinessCentral, TimeProvider = Time });
        Integration = new(new() { Flavor = InMemoryFlavor.Dataverse, TimeProvider = Time, Seed = 2 });
        foreach (var name in Tables)
        {
            _ = Local.AddTable(name, table => table
                .BusinessKey("number", firstNumber: "N001").Text("name").Code("other"));
            _ = Integration.AddTable($"new_{name}", table => table
                .Text("name", 50).Reference("otherid", [.. Tables.Select(other => $"new_{other}")]));
            _ = Local[name].Insert(("name", $"Of {name}"));
        }

        Store = new(Time);
        Gate = new(Tables);
        SyncEngineOptions options = new()
        {
            Local = Local,
            Integration = Integration,
            Store = Store,
            JobLog = JobLog,
            TimeProvider = Time,
            Mappings = mappings,
        };
        Engine = new(change?.Invoke(options) ?? options);
        Local.Faults.BeforeCall = Gate.HoldAsync;
    }

    public FakeTimeProvider Time { get; }

    public InMemoryConnector Local { get; }

    public InMemoryConnector Integration { get; }

    public InMemoryCouplingStore Store { get; }

    public InMemorySyncJobLog JobLog { get; } = new();

    public SyncEngine Engine { get; }

    /// <summary>Holds the first read of each local table.</summary>
    public TableGate Gate { get; }

    /// <summary>A mapping between a local table and its counterpart, named as the local table in upper case.</summary>
    public static IntegrationTableMapping Mapping(
        string table, Func<IntegrationTableMappingBuilder, IntegrationTableMappingBuilder>? change = null) =>
        Mapping(table.ToUpperInvariant(), table, change);

    /// <summary>A mapping with a name of its own.</summary>
    public static IntegrationTableMapping Mapping(
        string name, string table, Func<IntegrationTableMappingBuilder, IntegrationTableMappingBuilder>? change)
    {
        var builder = new IntegrationTableMappingBuilder(name).Between(table, $"new_{table}")
            .Direction(SyncDirection.ToIntegrationTable).Field("name", "name").OnlyCoupledRecords(false);
        return (change?.Invoke(builder) ?? builder).Build();
    }

    public void Dispose() => Engine.Dispose();
}
