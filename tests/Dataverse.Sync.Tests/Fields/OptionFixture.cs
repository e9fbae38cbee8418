using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Fields;

/// <summary>Customers with payment terms and regions, and accounts with a choice and a text for them.</summary>
internal sealed class OptionFixture : IDisposable
{
    public OptionFixture(Action<IntegrationTableMappingBuilder> fields, params string[] labels)
    {
        Local = new(new() { Flavor = InMemoryFlavor.BusinessCentral, TimeProvider = Time });
        Integration = new(new() { Flavor = InMemoryFlavor.Dataverse, TimeProvider = Time, Seed = 2 });
        Terms = Local.AddTable("terms", table => table.BusinessKey("code", maxLength: 10).Text("description"));
        Regions = Integration.AddTable("region", table => table.Key("regionid").Text("shortname").Text("name"));
        Customers = Local.AddTable("customers", table => table.BusinessKey("number", firstNumber: "C001")
            .Reference("termsId", "terms").Code("termsCode").Text("region"));
        Accounts = Integration.AddTable("account", table => table.Key("accountid").Text("number")
            .Text("region").Reference("regionid", "region")
            .Field(new FieldSchema
            {
                Name = "terms",
                Type = FieldType.Choice,
                Options = [.. labels.Select((label, index) => new ChoiceOption(FieldValue.Integer(index + 1), label))],
            }));
        var builder = new IntegrationTableMappingBuilder("CUSTOMER").Between("customers", "account").OnlyCoupledRecords(false)
            .Field("number", "number", field => field.ToIntegration().UseForMatching());
        fields(builder);
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

    public InMemoryTable Terms { get; }

    public InMemoryTable Regions { get; }

    public InMemoryTable Customers { get; }

    public InMemoryTable Accounts { get; }

    public InMemorySyncJobLog JobLog { get; } = new();

    public SyncEngine Engine { get; }

    public TableRecord Customer => Customers.Records.Single();

    public TableRecord Account => Accounts.Records.Single();

    public Guid Term(string code) => Terms.Insert(("code", code)).Id;

    public async Task<SyncJob> FullAsync()
    {
        Time.Advance(TimeSpan.FromMinutes(15));
        return await Engine.SynchronizeFullAsync("CUSTOMER");
    }

    public async Task<SyncJob> ModifiedAsync()
    {
        Time.Advance(TimeSpan.FromMinutes(15));
        return await Engine.SynchronizeTableAsync("CUSTOMER");
    }

    /// <summary>Runs until nothing is left to do; the number of writes of the last two runs.</summary>
    public async Task<long> ConvergeAsync()
    {
        _ = await FullAsync();
        _ = await ModifiedAsync();
        var before = Local.RowsWritten + Integration.RowsWritten;
        _ = await FullAsync();
        _ = await ModifiedAsync();
        return Local.RowsWritten + Integration.RowsWritten - before;
    }

    public async Task<IReadOnlyList<string>> ErrorsAsync(SyncJob job) =>
        [.. (await JobLog.ListErrorsAsync(job.Id, default)).Select(error => $"{error.Error.Code}: {error.Error.Message}")];

    public void Dispose() => Engine.Dispose();
}
