using System.Text.Json.Nodes;
using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.IntegrationTests.Values;

/// <summary>A custom page and a custom table over HTTP, with one two-way field of each kind that is stored in another form.</summary>
internal sealed class PriceBench : IAsyncDisposable
{
    private static readonly BusinessCentralRoute Route = new("contoso", "sync", "v1.0");

    private static readonly BusinessCentralTableDefinition Page = new("prices", "price")
    {
        Route = Route,
        Key = ["number"],
        Fields =
        [
            new("id", BusinessCentralFieldType.Guid) { Source = BusinessCentralFieldSource.SystemId },
            new("number", BusinessCentralFieldType.Code) { MaxLength = 20 },
            new("price", BusinessCentralFieldType.Decimal),
            new("seenOn", BusinessCentralFieldType.DateTime),
            new("remark", BusinessCentralFieldType.Text) { MaxLength = 100 },
            new("due", BusinessCentralFieldType.Date),
            new("lastModifiedDateTime", BusinessCentralFieldType.DateTime) { Source = BusinessCentralFieldSource.SystemModifiedAt },
        ],
    };

    private static readonly DataverseTableDefinition Table = new()
    {
        LogicalName = "new_price",
        SetName = "new_prices",
        PrimaryName = "new_name",
        Columns =
        [
            DataverseColumn.Text("new_name", 100),
            DataverseColumn.Decimal("new_price", precision: 2),
            DataverseColumn.DateTime("new_seenon"),
            DataverseColumn.Memo("new_remark"),
            DataverseColumn.DateTime("new_due") with { ShowsDateOnly = true },
        ],
    };

    private readonly BusinessCentralConnector local;
    private readonly WebApiConnector integration;
    private readonly FakeTimeProvider clock;

    private PriceBench(BusinessCentralEmulator businessCentral, DataverseEmulator dataverse, FakeTimeProvider clock, string company)
    {
        (BusinessCentral, Dataverse, this.clock) = (businessCentral, dataverse, clock);
        local = new(new()
        {
            BaseAddress = businessCentral.BaseAddress,
            Company = company,
            AccessToken = _ => new("token"),
            Tables = { ["prices"] = new() { Route = Route.ToString() } },
        });
        integration = new(new() { EnvironmentUrl = dataverse.BaseAddress, AccessToken = _ => new("token") });
        Engine = new(new()
        {
            Local = local,
            Integration = integration,
            Store = new InMemoryCouplingStore(clock),
            TimeProvider = clock,
            Mappings = [Mapping()],
        });
    }

    public BusinessCentralEmulator BusinessCentral { get; }

    public DataverseEmulator Dataverse { get; }

    public SyncEngine Engine { get; }

    public BusinessCentralTable Prices => BusinessCentral.Table("prices");

    public DataverseTable Rows => Dataverse.Table("new_price");

    public JsonObject Price => Prices.Rows.Single();

    public DataverseRow Row => Rows.Rows.Single();

    public static async Task<PriceBench> StartAsync(
        DataverseEmulatorOptions? dataverse = null, BusinessCentralEmulatorOptions? businessCentral = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
        var cloud = await BusinessCentralEmulator.StartAsync((businessCentral ?? new()) with { TimeProvider = clock, Tables = [Page] });
        var company = cloud.AddCompany("CRONUS");
        var organization = await DataverseEmulator.StartAsync((dataverse ?? new()) with { TimeProvider = clock });
        _ = organization.AddTable(Table);
        return new PriceBench(cloud, organization, clock, company.Name);
    }

    public async Task FullAsync() => await LaterAsync(() => Engine.SynchronizeFullAsync("PRICE"));

    public async Task ModifiedAsync() => await LaterAsync(() => Engine.SynchronizeTableAsync("PRICE"));

    /// <summary>The records that further runs write, which are none once both sides agree.</summary>
    public async Task<long> WritesOfFurtherRunsAsync()
    {
        var before = BusinessCentral.Requests.RowWriteCount + Dataverse.Requests.RowWriteCount;
        await ModifiedAsync();
        await ModifiedAsync();
        await FullAsync();
        return BusinessCentral.Requests.RowWriteCount + Dataverse.Requests.RowWriteCount - before;
    }

    public async ValueTask DisposeAsync()
    {
        local.Dispose();
        integration.Dispose();
        await BusinessCentral.DisposeAsync();
        await Dataverse.DisposeAsync();
    }

    private static IntegrationTableMapping Mapping() => new IntegrationTableMappingBuilder("PRICE").Between("prices", "new_price")
        .OnlyCoupledRecords(false)
        .Field("number", "new_name", field => field.ToIntegration().UseForMatching())
        .Field("price", "new_price")
        .Field("seenOn", "new_seenon")
        .Field("remark", "new_remark")
        .Field("due", "new_due", field => field.InTimeZone("Europe/Amsterdam"))
        .Build();

    private async Task LaterAsync(Func<Task<SyncJob>> run)
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        (await run()).Counters.Failed.Should().Be(0);
        clock.Advance(TimeSpan.FromMinutes(1));
    }
}
