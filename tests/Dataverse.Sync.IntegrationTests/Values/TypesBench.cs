using System.Text.Json.Nodes;
using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.IntegrationTests.Values;

/// <summary>A custom page and a custom table over HTTP, with fields of the less usual types.</summary>
internal sealed class TypesBench : IAsyncDisposable
{
    private static readonly BusinessCentralRoute Route = new("contoso", "sync", "v1.0");

    private static readonly BusinessCentralTableDefinition Page = new("jobs", "job")
    {
        Route = Route,
        Key = ["number"],
        Fields =
        [
            new("id", BusinessCentralFieldType.Guid) { Source = BusinessCentralFieldSource.SystemId },
            new("number", BusinessCentralFieldType.Code) { MaxLength = 20 },
            new("effort", BusinessCentralFieldType.Duration),
            new("starts", BusinessCentralFieldType.Time),
            new("colors", BusinessCentralFieldType.Text) { MaxLength = 100 },
            new("lastModifiedDateTime", BusinessCentralFieldType.DateTime) { Source = BusinessCentralFieldSource.SystemModifiedAt },
        ],
    };

    private static readonly DataverseTableDefinition Table = new()
    {
        LogicalName = "new_job",
        SetName = "new_jobs",
        PrimaryName = "new_name",
        Columns =
        [
            DataverseColumn.Text("new_name", 100),
            DataverseColumn.Duration("new_effort"),
            DataverseColumn.Text("new_starts", 20),
            DataverseColumn.MultiChoice("new_colors", "Red", "Green", "Blue"),
            new() { Name = "new_photo", Type = DataverseColumnType.Image },
            new() { Name = "new_contract", Type = DataverseColumnType.File },
        ],
    };

    private readonly BusinessCentralConnector local;
    private readonly WebApiConnector integration;
    private readonly FakeTimeProvider clock;

    private TypesBench(
        BusinessCentralEmulator businessCentral,
        DataverseEmulator dataverse,
        FakeTimeProvider clock,
        string company,
        Action<IntegrationTableMappingBuilder> map)
    {
        (BusinessCentral, Dataverse, this.clock) = (businessCentral, dataverse, clock);
        local = new(new()
        {
            BaseAddress = businessCentral.BaseAddress,
            Company = company,
            AccessToken = _ => new("token"),
            Tables = { ["jobs"] = new() { Route = Route.ToString() } },
        });
        integration = new(new() { EnvironmentUrl = dataverse.BaseAddress, AccessToken = _ => new("token") });
        var builder = new IntegrationTableMappingBuilder("JOB").Between("jobs", "new_job").OnlyCoupledRecords(false)
            .Field("number", "new_name", field => field.UseForMatching());
        map(builder);
        Engine = new(new()
        {
            Local = local,
            Integration = integration,
            Store = new InMemoryCouplingStore(clock),
            TimeProvider = clock,
            Mappings = [builder.Build()],
        });
    }

    public BusinessCentralEmulator BusinessCentral { get; }

    public DataverseEmulator Dataverse { get; }

    public SyncEngine Engine { get; }

    public BusinessCentralTable Jobs => BusinessCentral.Table("jobs");

    public DataverseTable Rows => Dataverse.Table("new_job");

    public JsonObject Job => Jobs.Rows.Single();

    public DataverseRow Row => Rows.Rows.Single();

    public static async Task<TypesBench> StartAsync(Action<IntegrationTableMappingBuilder> map)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
        var cloud = await BusinessCentralEmulator.StartAsync(new() { TimeProvider = clock, Tables = [Page] });
        var company = cloud.AddCompany("CRONUS");
        var organization = await DataverseEmulator.StartAsync(new() { TimeProvider = clock });
        _ = organization.AddTable(Table);
        return new TypesBench(cloud, organization, clock, company.Name, map);
    }

    public async Task RunAsync()
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        (await Engine.SynchronizeTableAsync("JOB")).Counters.Failed.Should().Be(0);
        clock.Advance(TimeSpan.FromMinutes(1));
    }

    /// <summary>The records that further runs write, which are none once both sides agree.</summary>
    public async Task<long> WritesOfFurtherRunsAsync()
    {
        var before = BusinessCentral.Requests.RowWriteCount + Dataverse.Requests.RowWriteCount;
        await RunAsync();
        clock.Advance(TimeSpan.FromMinutes(1));
        (await Engine.SynchronizeFullAsync("JOB")).Counters.Failed.Should().Be(0);
        return BusinessCentral.Requests.RowWriteCount + Dataverse.Requests.RowWriteCount - before;
    }

    public async ValueTask DisposeAsync()
    {
        Engine.Dispose();
        local.Dispose();
        integration.Dispose();
        await BusinessCentral.DisposeAsync();
        await Dataverse.DisposeAsync();
    }
}
