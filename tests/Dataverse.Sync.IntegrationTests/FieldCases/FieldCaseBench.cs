using System.Text.Json.Nodes;
using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.IntegrationTests.FieldCases;

/// <summary>Customers and accounts over HTTP, with one mapping and one engine that lives as long as the bench.</summary>
internal sealed class FieldCaseBench : IAsyncDisposable
{
    private readonly BusinessCentralConnector local;
    private readonly WebApiConnector integration;
    private readonly FakeTimeProvider clock;

    private FieldCaseBench(
        BusinessCentralEmulator businessCentral,
        DataverseEmulator dataverse,
        FakeTimeProvider clock,
        string company,
        Action<IntegrationTableMappingBuilder>? configure,
        Func<string, string>? rewrite,
        IIntegrationTableMapping? second)
    {
        (BusinessCentral, Dataverse, this.clock) = (businessCentral, dataverse, clock);
        local = new(
            new()
            {
                BaseAddress = businessCentral.BaseAddress,
                Company = company,
                AccessToken = _ => new("token"),
                MaxRetries = 0,
                HttpMessageHandler = rewrite is null ? null : new RewritingHandler(rewrite),
            },
            clock);
        integration = new(
            new() { EnvironmentUrl = dataverse.BaseAddress, AccessToken = _ => new("token"), MaxRetries = 0 }, clock);
        var mapping = new IntegrationTableMappingBuilder("CUSTOMER").Between("customers", "account").OnlyCoupledRecords(false)
            .Field("displayName", "name")
            .Field("phoneNumber", "telephone1")
            .Field("creditLimit", "creditlimit");
        configure?.Invoke(mapping);
        Engine = new(new()
        {
            Local = local,
            Integration = integration,
            Store = new InMemoryCouplingStore(clock),
            TimeProvider = clock,
            Mappings = second is null ? [mapping.Build()] : [mapping.Build(), second],
        });
    }

    public BusinessCentralEmulator BusinessCentral { get; }

    public DataverseEmulator Dataverse { get; }

    public SyncEngine Engine { get; }

    public BusinessCentralTable Customers => BusinessCentral.Table("customers");

    public DataverseTable Accounts => Dataverse.Table("account");

    public static async Task<FieldCaseBench> StartAsync(
        Action<IntegrationTableMappingBuilder>? configure = null,
        DataverseEmulatorOptions? dataverse = null,
        Func<string, string>? rewrite = null,
        IIntegrationTableMapping? second = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
        var cloud = await BusinessCentralEmulator.StartAsync(new() { TimeProvider = clock });
        var company = cloud.AddCompany("CRONUS");
        var organization = await DataverseEmulator.StartAsync((dataverse ?? new()) with { TimeProvider = clock });
        return new FieldCaseBench(cloud, organization, clock, company.Name, configure, rewrite, second);
    }

    public Guid Customer(string name, string phone = "1", decimal credit = 0) => Customers.Insert(
        new() { ["displayName"] = name, ["phoneNumber"] = phone, ["creditLimit"] = credit })["id"]!.GetValue<Guid>();

    public JsonObject CustomerOf(Guid id) => Customers.Get(id)!;

    public async Task<IReadOnlyList<SyncJob>> AllAsync()
    {
        clock.Advance(TimeSpan.FromMinutes(15));
        return await Engine.SynchronizeModifiedAsync();
    }

    public Task<SyncJob> FullAsync() => LaterAsync(() => Engine.SynchronizeFullAsync("CUSTOMER"));

    public Task<SyncJob> ModifiedAsync(SyncRunOptions? options = null) =>
        LaterAsync(() => Engine.SynchronizeTableAsync("CUSTOMER", options));

    public async ValueTask DisposeAsync()
    {
        Engine.Dispose();
        local.Dispose();
        integration.Dispose();
        await BusinessCentral.DisposeAsync();
        await Dataverse.DisposeAsync();
    }

    // No overlap of a feed, lease, or uncertain window reaches from one run to the next.
    private async Task<SyncJob> LaterAsync(Func<Task<SyncJob>> run)
    {
        clock.Advance(TimeSpan.FromMinutes(15));
        return await run();
    }
}
