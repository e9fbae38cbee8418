using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Fields;

/// <summary>A local table and an integration table with fields of the less usual types.</summary>
internal sealed class FieldTypeFixture : IDisposable
{
    public FieldTypeFixture(Action<IntegrationTableMappingBuilder>? change = null)
    {
        Local = new(new() { Flavor = InMemoryFlavor.BusinessCentral, TimeProvider = Time });
        Integration = new(new() { Flavor = InMemoryFlavor.Dataverse, TimeProvider = Time, Seed = 2 });
        Jobs = Local.AddTable("jobs", table => table.BusinessKey("number", firstNumber: "J1")
            .Field("effort", FieldType.Duration).Field("starts", FieldType.Time).Text("colors", 20)
            .WithSchema(schema => schema with
            {
                UnsupportedFields = [new("picture", "a property of the type Edm.Stream", "pictures have an address of their own.")],
            }));
        Tasks = Integration.AddTable("task", table => table.Key("taskid").Text("number").Text("starts", 12)
            .Field(new FieldSchema { Name = "effort", Type = FieldType.Duration, TimeResolution = TimeSpan.FromMinutes(1) })
            .MultiChoice("colors", "Red", "Green", "Blue"));
        var builder = new IntegrationTableMappingBuilder("JOB").Between("jobs", "task").OnlyCoupledRecords(false)
            .Field("number", "number", field => field.ToIntegration().UseForMatching());
        (change ?? (mapping => mapping.Field("effort", "effort").Field("starts", "starts").Field("colors", "colors")))(builder);
        Engine = new(new()
        {
            Local = Local,
            Integration = Integration,
            Store = new InMemoryCouplingStore(Time),
            JobLog = JobLog,
            TimeProvider = Time,
            Mappings = [builder.Build()],
        });
    }

    public FakeTimeProvider Time { get; } = new(EngineFixture.Start);

    public InMemoryConnector Local { get; }

    public InMemoryConnector Integration { get; }

    public InMemoryTable Jobs { get; }

    public InMemoryTable Tasks { get; }

    public InMemorySyncJobLog JobLog { get; } = new();

    public SyncEngine Engine { get; }

    public TableRecord Job => Jobs.Records.Single();

    public TableRecord Task => Tasks.Records.Single();

    public async Task<SyncJob> RunAsync()
    {
        Time.Advance(TimeSpan.FromMinutes(15));
        return await Engine.SynchronizeTableAsync("JOB");
    }

    /// <summary>The number of writes of further runs, which is zero once both sides agree.</summary>
    public async Task<long> WritesOfFurtherRunsAsync()
    {
        var before = Local.RowsWritten + Integration.RowsWritten;
        _ = await RunAsync();
        Time.Advance(TimeSpan.FromMinutes(15));
        _ = await Engine.SynchronizeFullAsync("JOB");
        return Local.RowsWritten + Integration.RowsWritten - before;
    }

    public void Dispose() => Engine.Dispose();
}
