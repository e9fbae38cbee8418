using Dataverse.Sync;
using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Hosting;
using Dataverse.Sync.PostgreSql;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cluster;

/// <summary>The engine and the job queue, set up alike in every process.</summary>
internal sealed class Synchronization(WorkerSettings settings, string connectionString, ILoggerProvider? log = null) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // A process that was killed is replaced after this time. The defaults are one minute.
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(3);

    private readonly ServiceProvider services = new ServiceCollection()
        .AddLogging(logging => Log(logging, log))
        .AddDataverseSync(sync => sync
            .UseBusinessCentral(options =>
            {
                options.BaseAddress = settings.BusinessCentral;
                options.Company = settings.Company;
                options.AccessToken = AccessToken;
            })
            .UseDataverseWebApi(options =>
            {
                options.EnvironmentUrl = settings.Dataverse;
                options.AccessToken = AccessToken;
            })
            .UsePostgres(new PostgreSqlCouplingStoreOptions { ConnectionString = connectionString, Schema = settings.Schema })
            .AddStandardMappings()
            .Configure(options => options with { LeaseDuration = TakeOver })
            .AddJobQueue(options =>
            {
                options.Default.Interval = Interval;
                options.OwnershipDuration = TakeOver;
                options.BusyDelay = TimeSpan.FromSeconds(1);
            }))
        .Services.BuildServiceProvider();

    public SyncEngine Engine => services.GetRequiredService<SyncEngine>();

    public JobQueue Queue => services.GetRequiredService<JobQueue>();

    /// <summary>The service that runs the job queue. A generic host starts and stops it by itself.</summary>
    public IHostedService Service => services.GetServices<IHostedService>().Single();

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static void Log(ILoggingBuilder logging, ILoggerProvider? log)
    {
        if (log is not null)
        {
            _ = logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        }
    }

    // The emulators accept any token. A real application gets a token from its identity library, with a cache.
    private static ValueTask<string> AccessToken(CancellationToken cancellationToken) => new("any-token");
}
