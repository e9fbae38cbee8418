using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Hosting;
using Dataverse.Sync.PostgreSql;
using Dataverse.Sync.Sqlite;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dataverse.Sync.KillTests.Worker;

/// <summary>The engine as the quick start sets it up, with a deletion policy, small pages, and short waits.</summary>
internal sealed class Synchronization(WorkerSettings settings) : IAsyncDisposable
{
    private static readonly string[] Bidirectional = [StandardMappingNames.Customer, StandardMappingNames.Vendor, StandardMappingNames.Contact];

    /// <summary>The line that tells that the job queue has begun.</summary>
    public const string QueueHasBegun = "queue has begun";

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    private readonly ServiceProvider services = new ServiceCollection()
        .AddDataverseSync(sync => Configure(sync, settings))
        .Services.BuildServiceProvider();

    public SyncEngine Engine => services.GetRequiredService<SyncEngine>();

    public ICouplingStore Store => settings.PostgreSql is null
        ? services.GetRequiredService<SqliteCouplingStore>()
        : services.GetRequiredService<PostgreSqlCouplingStore>();

    public JobQueue Queue => services.GetRequiredService<JobQueue>();

    /// <summary>The service that runs the job queue.</summary>
    public IHostedService Service => services.GetServices<IHostedService>().Single();

    /// <summary>Runs the job queue until the input closes, and tells when it has begun.</summary>
    public async Task RunQueueAsync(bool asksForFull, TextReader input, TextWriter output)
    {
        if (asksForFull)
        {
            _ = await Queue.SynchronizeFullAsync();
        }

        await Service.StartAsync(CancellationToken.None);
        await output.WriteLineAsync(QueueHasBegun);
        _ = await input.ReadToEndAsync();
        await Service.StopAsync(CancellationToken.None);
    }

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
            .AddStandardMappings()
            .AddJobQueue(options =>
            {
                options.Default.Interval = Soon;
                options.Default.RetryDelay = Soon;
                options.BusyDelay = Soon;
                options.CheckInterval = Soon;
                options.OwnershipDuration = settings.OwnershipDuration;
            })
            .Configure(options => options with { LeaseDuration = settings.LeaseDuration, UncertainWriteWindow = settings.UncertainWriteWindow });
        _ = settings.PostgreSql is { } connectionString
            ? sync.UsePostgres(new PostgreSqlCouplingStoreOptions { ConnectionString = connectionString, Schema = settings.Schema! })
            : sync.UseSqliteCouplings(new SqliteCouplingStoreOptions { Path = settings.StoreFile, BusyTimeout = settings.BusyTimeout });
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
