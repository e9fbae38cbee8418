using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Sqlite;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.HttpHarness;

/// <summary>
/// An engine with connectors and a store object of its own over the world's coupling file. It can be abandoned as if its
/// process had been killed, and suspended.
/// </summary>
internal sealed class EngineProcess : IDisposable
{
    /// <summary>The time limit of a request; longer than any pause of the engine.</summary>
    public static readonly TimeSpan RequestTimeout = ProcessClock.LongestPause + TimeSpan.FromMinutes(1);

    private static readonly Task Forever = new TaskCompletionSource().Task;

    private readonly ProcessClock clock;
    private readonly SqliteCouplingStore store;
    private readonly BusinessCentralConnector local;
    private readonly WebApiConnector integration;
    private TaskCompletionSource interruption = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource? resumption;
    private volatile bool isDead;

    public EngineProcess(World world, int number)
    {
        Number = number;
        clock = new ProcessClock(world.Clock);
        store = new SqliteCouplingStore(
            new SqliteCouplingStoreOptions { Path = world.StoreFile, Synchronous = SqliteSynchronous.Normal }, clock);
        local = new BusinessCentralConnector(LocalOptions(world), clock);
        integration = new WebApiConnector(IntegrationOptions(world), clock);
        Engine = new SyncEngine(new SyncEngineOptions
        {
            Local = local,
            Integration = integration,
            Store = store,
            Mappings = world.Mappings,
            TimeProvider = clock,
            NewId = world.NextId,

            // A seed must repeat its history, which real requests of several mappings at once do not allow.
            MaxConcurrentMappings = 1,
        });
    }

    public int Number { get; }

    public SyncEngine Engine { get; }

    public bool IsDead => isDead;

    /// <summary>Completes when a dead process no longer writes to the coupling file.</summary>
    public Task Closed { get; private set; } = Task.CompletedTask;

    public bool IsSuspended => resumption is not null;

    /// <summary>Completes when the process is killed or suspended.</summary>
    public Task Interruption => interruption.Task;

    /// <summary>Lets a running process pass, holds a suspended one until it resumes, and a dead one for ever.</summary>
    /// <returns>Whether the process was held.</returns>
    public async Task<bool> GateAsync()
    {
        var wait = resumption;
        if (wait is not null)
        {
            await wait.Task;
        }

        if (isDead)
        {
            await Forever;
        }

        return wait is not null;
    }

    /// <summary>Ends the process. What it is still doing finds its coupling file closed.</summary>
    public void Kill()
    {
        if (isDead)
        {
            return;
        }

        isDead = true;
        clock.Die();
        _ = interruption.TrySetResult();
        Closed = store.DisposeAsync().AsTask();
    }

    public void Suspend()
    {
        resumption = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        clock.Suspend();
        _ = interruption.TrySetResult();
    }

    public void Resume()
    {
        var wait = resumption;
        resumption = null;

        // One of several requests may have ended the process while another one had suspended it.
        if (!isDead)
        {
            interruption = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        clock.Resume();
        _ = wait?.TrySetResult();
    }

    public void Dispose()
    {
        Kill();
        Engine.Dispose();
        local.Dispose();
        integration.Dispose();
        store.Dispose();
    }

    private BusinessCentralOptions LocalOptions(World world)
    {
        var options = new BusinessCentralOptions
        {
            BaseAddress = world.BusinessCentral.BaseAddress,
            Company = world.Company.Name,
            AccessToken = _ => new("token"),
            HttpMessageHandler = new LineHandler(world.Line, this, SyncSide.Local),
            MaxRetries = 2,
            PageSize = world.Scenario.PageSize,
            BatchSize = world.Scenario.BatchSize,
            RequestTimeout = RequestTimeout,
        };
        ThingTable.Configure(options);
        return options;
    }

    private WebApiOptions IntegrationOptions(World world) => new()
    {
        EnvironmentUrl = world.Dataverse.BaseAddress,
        AccessToken = _ => new("token"),
        HttpMessageHandler = new LineHandler(world.Line, this, SyncSide.Integration),
        MaxRetries = 2,
        PageSize = world.Scenario.PageSize,
        ChangeTracking = world.Scenario.ChangeTracking,
        RequestTimeout = RequestTimeout,
    };
}
