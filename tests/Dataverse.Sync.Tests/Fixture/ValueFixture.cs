using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>One mapping between a table "items" and a table "rows" whose second fields a test defines.</summary>
internal sealed class ValueFixture : IDisposable
{
    public ValueFixture(
        FieldSchema local,
        FieldSchema integration,
        Action<FieldMappingBuilder>? configure = null,
        Action<IntegrationTableMappingBuilder>? mapping = null,
        Action<InMemoryTableBuilder>? items = null,
        Action<InMemoryTableBuilder>? rows = null,
        WriteAnswer answer = WriteAnswer.Version,
        Func<ITableConnector, ITableConnector>? integrationConnector = null)
    {
        this.integrationConnector = integrationConnector;
        Time = new(EngineFixture.Start);
        Local = new(new() { Flavor = InMemoryFlavor.BusinessCentral, TimeProvider = Time });
        Integration = new(new() { Flavor = InMemoryFlavor.Dataverse, TimeProvider = Time, Seed = 2 });
        Items = Local.AddTable("items", table =>
        {
            _ = table.BusinessKey("number", firstNumber: "I001").Field(local);
            items?.Invoke(table);
        });
        Rows = Integration.AddTable("rows", table =>
        {
            _ = table.Key("rowid").Text("number", 20).Field(integration).With(options => options with
            {
                Answer = answer,
                Normalize = SilentNormalization.Apply,
            });
            rows?.Invoke(table);
        });
        var builder = new IntegrationTableMappingBuilder("ITEM").Between("items", "rows").OnlyCoupledRecords(false)
            .Field("number", "number", field => field.ToIntegration().UseForMatching())
            .Field(local.Name, integration.Name, configure);
        mapping?.Invoke(builder);
        Mapping = builder.Build();
        Store = new(Time);
        Engine = NewEngine();
    }

    private readonly Func<ITableConnector, ITableConnector>? integrationConnector;

    public FakeTimeProvider Time { get; }

    public InMemoryConnector Local { get; }

    public InMemoryConnector Integration { get; }

    public InMemoryTable Items { get; }

    public InMemoryTable Rows { get; }

    public IntegrationTableMapping Mapping { get; }

    public InMemoryCouplingStore Store { get; }

    public InMemorySyncJobLog JobLog { get; } = new();

    public SyncEngine Engine { get; }

    public TableRecord Item => Items.Records.Single();

    public TableRecord Row => Rows.Records.Single();

    /// <summary>Full, then modified runs until nothing is left to do; the number of writes of the last two.</summary>
    public async Task<long> ConvergeAsync()
    {
        _ = await FullAsync();
        _ = await ModifiedAsync();
        return await WritesOfAsync(async () =>
        {
            _ = await FullAsync();
            _ = await ModifiedAsync();
        });
    }

    public async Task<long> WritesOfAsync(Func<Task> action)
    {
        var before = Local.RowsWritten + Integration.RowsWritten;
        await action();
        return Local.RowsWritten + Integration.RowsWritten - before;
    }

    public Task<SyncJob> FullAsync() => LaterAsync(() => Engine.SynchronizeFullAsync("ITEM"));

    public Task<SyncJob> ModifiedAsync() => LaterAsync(() => Engine.SynchronizeTableAsync("ITEM"));

    public async Task<List<RecordFailure>> FailuresAsync()
    {
        var failures = new List<RecordFailure>();
        await foreach (var failure in Engine.Issues.ListFailuresAsync("ITEM"))
        {
            failures.Add(failure);
        }

        return failures;
    }

    public void Dispose() => Engine.Dispose();

    private async Task<SyncJob> LaterAsync(Func<Task<SyncJob>> run)
    {
        Time.Advance(TimeSpan.FromMinutes(15));
        return await run();
    }

    private SyncEngine NewEngine() => new(new()
    {
        Local = new StrictConnector(Local),
        Integration = integrationConnector?.Invoke(Integration) ?? new StrictConnector(Integration),
        Store = Store,
        JobLog = JobLog,
        TimeProvider = Time,
        Mappings = [Mapping],
    });
}
