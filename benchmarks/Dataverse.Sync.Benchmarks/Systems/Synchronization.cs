using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Sqlite;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.PowerPlatform.Dataverse.Client;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>The engine with the standard mappings between two services, as an application sets it up, without the cloud's limits on requests.</summary>
internal sealed class Synchronization : IAsyncDisposable
{
    private readonly ServiceProvider services;

    /// <summary>Sets the engine up; nothing is sent yet.</summary>
    /// <param name="addresses">Where the services are.</param>
    /// <param name="storeFile">The coupling file; null keeps couplings in memory.</param>
    /// <param name="handler">What requests go through, the caller's; null for the connectors' own.</param>
    /// <param name="service">The organization service over which Dataverse is reached; null for the Web API.</param>
    /// <param name="maxConcurrentMappings">How many mappings run at the same time; null for the default.</param>
    public Synchronization(
        ServiceEndpoints addresses, string? storeFile = null, HttpMessageHandler? handler = null, IOrganizationServiceAsync2? service = null, int? maxConcurrentMappings = null) => services = new ServiceCollection()
        .AddDataverseSync(sync =>
        {
            _ = sync
                .UseBusinessCentral(options =>
                {
                    options.BaseAddress = addresses.BusinessCentral;
                    options.Company = addresses.Company;
                    options.AccessToken = _ => new("token");
                    options.HttpMessageHandler = handler;
                    options.RequestLimit = null;
                })
                .AddStandardMappings();
            _ = service is null
                ? sync.UseDataverseWebApi(options =>
                {
                    options.EnvironmentUrl = addresses.Dataverse;
                    options.AccessToken = _ => new("token");
                    options.HttpMessageHandler = handler;
                    options.RequestLimit = int.MaxValue;
                })
                : sync.UseDataverse(_ => service, options => options.RequestLimit = int.MaxValue);
            _ = storeFile is null ? sync.UseInMemoryStore() : sync.UseSqliteCouplings(storeFile);
            _ = sync.Configure(options => options with { MaxConcurrentMappings = maxConcurrentMappings ?? options.MaxConcurrentMappings });
        })
        .Services.BuildServiceProvider();

    public SyncEngine Engine => services.GetRequiredService<SyncEngine>();

    public ValueTask DisposeAsync() => services.DisposeAsync();

    /// <summary>Runs what customers refer to, so that a run of customers finds it in place and start-up is over.</summary>
    public async Task SynchronizeReferencesAsync(CancellationToken cancellationToken)
    {
        _ = await Engine.SynchronizeFullAsync(StandardMappingNames.Salespeople, cancellationToken: cancellationToken);
        _ = await Engine.SynchronizeFullAsync(StandardMappingNames.Currency, cancellationToken: cancellationToken);
    }

    /// <summary>The first full run of customers, which creates every one of them as an account.</summary>
    public async Task CreateAccountsAsync(int customers, CancellationToken cancellationToken)
    {
        var job = await Engine.SynchronizeFullAsync(StandardMappingNames.Customer, cancellationToken: cancellationToken);
        Expectation.Require(job.Counters.Inserted, customers, "inserted");
    }
}
