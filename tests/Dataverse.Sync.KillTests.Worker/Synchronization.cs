using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Sqlite;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.KillTests.Worker;

/// <summary>The engine as the quick start sets it up, with a deletion policy, small pages, and short waits.</summary>
internal sealed class Synchronization(WorkerSettings settings) : IAsyncDisposable
{
    private static readonly string[] Bidirectional = [StandardMappingNames.Customer, StandardMappingNames.Vendor, StandardMappingNames.Contact];

    private readonly ServiceProvider services = new ServiceCollection()
        .AddDataverseSync(sync => Configure(sync, settings))
        .Services.BuildServiceProvider();

    public SyncEngine Engine => services.GetRequiredService<SyncEngine>();

    public SqliteCouplingStore Store => services.GetRequiredService<SqliteCouplingStore>();

    /// <summary>The writes that were journaled and not settled yet, of all mappings.</summary>
    public async Task<int> CountIntentsAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var mapping in Engine.Mappings.All)
        {
            count += (await Store.ListIntentsAsync(new(Engine.Scope.Name, mapping.Name), cancellationToken)).Count;
        }

        return count;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static void Configure(SyncBuilder sync, WorkerSettings settings)
    {
        _ = sync
            .UseBusinessCentral(options =>
            {
                options.BaseAddress = settings.BusinessCentral;
                options.Company = settings.Company;
                options.AccessToken = AccessToken;
                options.BatchSize = Math.Min(settings.PageSize, options.BatchSize);
            })
            .UseDataverseWebApi(options =>
            {
                options.EnvironmentUrl = settings.Dataverse;
                options.AccessToken = AccessToken;
                options.CreateBatchSize = settings.PageSize;
                options.UpdateBatchSize = settings.PageSize;
            })
            .UseSqliteCouplings(new SqliteCouplingStoreOptions { Path = settings.StoreFile, BusyTimeout = settings.BusyTimeout })
            .AddStandardMappings()
            .Configure(options => options with { LeaseDuration = settings.LeaseDuration, UncertainWriteWindow = settings.UncertainWriteWindow });
        foreach (var mapping in Bidirectional)
        {
            _ = sync.ConfigureMapping(mapping, builder =>
            {
                _ = builder.OnDeletion(DeletionPolicy.DeleteRecord);
                if (!settings.MatchesRecords)
                {
                    _ = builder.MatchOnNothing();
                }
            });
        }
    }

    // The emulators take any token.
    private static ValueTask<string> AccessToken(CancellationToken cancellationToken) => new("any-token");
}
