using Dataverse.Sync;
using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Sqlite;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.DependencyInjection;

namespace QuickStart;

/// <summary>The engine with the standard mappings, configured as in an application, with the addresses of the emulators.</summary>
internal sealed class Synchronization : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public Synchronization(Clouds clouds, string storeFile, bool usesOrganizationService) => services = new ServiceCollection()
        .AddDataverseSync(sync => UseDataverse(sync, clouds, usesOrganizationService)
            .UseBusinessCentral(options =>
            {
                options.BaseAddress = clouds.BusinessCentral.BaseAddress;
                options.Company = clouds.Company.Name;
                options.AccessToken = AccessToken;
                options.HttpMessageHandler = clouds.BusinessCentralHandler;
            })
            .UseSqliteCouplings(storeFile)
            .AddStandardMappings())
        .Services.BuildServiceProvider();

    public SyncEngine Engine => services.GetRequiredService<SyncEngine>();

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static SyncBuilder UseDataverse(SyncBuilder sync, Clouds clouds, bool usesOrganizationService) => usesOrganizationService
        ? sync.UseDataverse(_ => clouds.OrganizationService)
        : sync.UseDataverseWebApi(options =>
        {
            options.EnvironmentUrl = clouds.Dataverse.BaseAddress;
            options.AccessToken = AccessToken;
            options.HttpMessageHandler = clouds.DataverseHandler;
        });

    // The emulators accept any token. A real application gets a token from its identity library, with a cache.
    private static ValueTask<string> AccessToken(CancellationToken cancellationToken) => new("any-token");
}
