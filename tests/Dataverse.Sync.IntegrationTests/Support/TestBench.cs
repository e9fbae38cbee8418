using System.Text;
using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.OrganizationService;
using Dataverse.Sync.OrganizationService.Emulator;
using Dataverse.Sync.Sqlite;
using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using QuickStart;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>Both emulated services over HTTP, the real connectors, a SQLite file of its own, and the engine with the standard mappings.</summary>
internal sealed class TestBench : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dataverse-sync-tests-");
    private readonly ServiceProvider services;
    private bool isOwner = true;

    private TestBench(Clouds clouds, TestBenchSettings settings)
    {
        Clouds = clouds;
        StoreFile = settings.StoreFile ?? Path.Combine(folder.FullName, "couplings.db");
        services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddDataverseSync(sync => AddMappings(UseDataverse(sync, settings), settings)
                .UseBusinessCentral(options => Configure(options, settings))
                .UseSqliteCouplings(StoreFile)
                .Configure(options => settings.Engine?.Invoke(options) ?? options))
            .Services.BuildServiceProvider();
    }

    public Clouds Clouds { get; }

    public string StoreFile { get; }

    /// <summary>The engine's clock; it stands within the year whose exchange rates the data holds.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

    public SyncEngine Engine => services.GetRequiredService<SyncEngine>();

    public BusinessCentralEmulator BusinessCentral => Clouds.BusinessCentral;

    public DataverseEmulator Dataverse => Clouds.Dataverse;

    public Traffic Requests => Traffic.RequestsOf(Clouds);

    public Traffic Writes => Traffic.WritesOf(Clouds);

    public static async Task<TestBench> StartAsync(DataSet data, TestBenchSettings? settings = null) =>
        new(await Clouds.StartAsync(data.Folder, usesTls: false, CancellationToken.None), settings ?? new());

    /// <summary>Another process over the same services and couplings, with other settings. Dispose it before this one.</summary>
    public TestBench Restart(TestBenchSettings settings) => new(Clouds, settings with { StoreFile = StoreFile }) { isOwner = false };

    public BusinessCentralTable Local(string table) => BusinessCentral.Table(table, Clouds.Company.Id);

    public ITableConnector Connector(SyncSide side) => side == SyncSide.Local
        ? services.GetRequiredService<BusinessCentralConnector>()
        : services.GetService<WebApiConnector>() ?? (ITableConnector)services.GetRequiredService<OrganizationServiceConnector>();

    public async Task<IReadOnlyList<Pair>> PairsAsync(string mapping) =>
        [.. await Engine.Couplings.ListAsync(mapping).OrderBy(coupling => coupling.LocalId).Select(coupling => new Pair(Clouds, Engine.Mappings[mapping], coupling)).ToListAsync()];

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (isOwner)
        {
            await Clouds.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    private static SyncBuilder AddMappings(SyncBuilder sync, TestBenchSettings settings) => settings.Json is { } json
        ? sync.AddMappingsFromJson(new MemoryStream(Encoding.UTF8.GetBytes(json)))
        : sync.AddStandardMappings();

    private SyncBuilder UseDataverse(SyncBuilder sync, TestBenchSettings settings) => settings.UsesOrganizationService
        ? sync.UseDataverse(_ => new EmulatedOrganizationService(Dataverse, settings.ServiceOptions), options => options.MaxRetries = 0)
        : sync.UseDataverseWebApi(options => Configure(options, settings));

    private void Configure(BusinessCentralOptions options, TestBenchSettings settings)
    {
        options.BaseAddress = settings.BusinessCentralAddress ?? BusinessCentral.BaseAddress;
        options.Company = settings.Company ?? Clouds.Company.Name;
        options.AccessToken = _ => new("token");
        options.MaxRetries = 0;
        options.HttpMessageHandler = settings.HandlerOf(SyncSide.Local);
    }

    private void Configure(WebApiOptions options, TestBenchSettings settings)
    {
        options.EnvironmentUrl = settings.DataverseAddress ?? Dataverse.BaseAddress;
        options.AccessToken = _ => new("token");
        options.MaxRetries = 0;
        options.HttpMessageHandler = settings.HandlerOf(SyncSide.Integration);
    }
}
