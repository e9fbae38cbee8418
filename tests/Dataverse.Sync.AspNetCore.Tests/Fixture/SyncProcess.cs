using System.Net;
using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.AspNetCore.Tests;

/// <summary>
/// One process of the application: an engine, a job queue that nothing runs, and the endpoints on a port of its own.
/// </summary>
internal sealed class SyncProcess : IAsyncDisposable
{
    public const string Customers = "CUSTOMER";
    public const string Vendors = "VENDOR";
    public const string Contacts = "CONTACT";
    public const string Key = "the-key-of-the-posts-0123456789";
    public const string State = "the-client-state-0123456789";

    private readonly Landscape landscape;
    private readonly WebApplication app;

    private SyncProcess(Landscape landscape, WebApplication app, WatchedClock clock, RecordedLog log) =>
        (this.landscape, this.app, Clock, Log) = (landscape, app, clock, log);

    public WatchedClock Clock { get; }

    public RecordedLog Log { get; }

    public Uri Address => new(app.Urls.Single());

    /// <summary>The id of the company of the engine without a name.</summary>
    public Guid Company => CompanyId("CRONUS");

    public SyncEngine Engine => app.Services.GetRequiredService<SyncEngine>();

    public BusinessCentralConnector Connector => app.Services.GetRequiredService<BusinessCentralConnector>();

    public JobQueue Queue => app.Services.GetRequiredService<JobQueue>();

    public static async Task<SyncProcess> StartAsync(
        Landscape landscape,
        Action<WebhookOptions>? configure = null,
        Action<SyncBuilder>? build = null,
        Action<WebApplication>? use = null)
    {
        var process = Build(landscape, configure, build, use);
        await process.StartAsync();
        await process.PutToSleepAsync();
        if (process.app.Services.GetKeyedService<SyncEngine>("fabrikam") is { } other)
        {
            await process.PutToSleepAsync(other);
        }

        return process;
    }

    /// <summary>A process that has not started.</summary>
    public static SyncProcess Build(
        Landscape landscape,
        Action<WebhookOptions>? configure = null,
        Action<SyncBuilder>? build = null,
        Action<WebApplication>? use = null)
    {
        var (clock, log) = (new WatchedClock(landscape.Time), new RecordedLog(LogMessages.Category));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _ = builder.Services.AddRouting().AddSingleton<TimeProvider>(clock).AddLogging(logging =>
            logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        _ = builder.Services.AddDataverseSync(sync =>
        {
            Add(sync, landscape, "CRONUS", configure ?? Everything(landscape));
            build?.Invoke(sync);
        });
        var app = builder.Build();
        use?.Invoke(app);
        _ = app.MapDataverseSyncWebhooks();
        return new(landscape, app, clock, log);
    }

    /// <summary>Starts the process, and waits until it has looked after its subscriptions for the first time.</summary>
    public async Task StartAsync()
    {
        landscape.Balancer.Hold();
        Clock.Loops = CountLoops();
        await app.StartAsync();
        landscape.Balancer.Add(Address);
        if (Clock.Loops > 0)
        {
            await Clock.Waiting.WaitAsync(Landscape.Patience);
        }
    }

    /// <summary>Settings for both services, with secrets that a test knows.</summary>
    public static Action<WebhookOptions> Everything(Landscape landscape) => options =>
    {
        options.BusinessCentral.NotificationUrl = landscape.NotificationUrl;
        options.BusinessCentral.ClientState = State;
        options.Dataverse.Key = Key;
    };

    /// <summary>Adds to an engine a company, the organization, three mappings, and a job queue that nothing runs.</summary>
    public static void Add(SyncBuilder sync, Landscape landscape, string company, Action<WebhookOptions> configure)
    {
        Connect(sync, landscape, company);
        _ = sync.AddWebhooks(configure);
        _ = sync.Services.AddKeyedSingleton(sync.EngineName, (provider, _) => new JobQueue(
            provider.GetRequiredKeyedService<SyncEngine>(sync.EngineName),
            new JobQueueOptions { Default = new() { InactivityTimeout = TimeSpan.FromDays(3_000) } },
            provider.GetRequiredService<TimeProvider>()));
    }

    public Guid CompanyId(string name) => landscape.Central.Companies.Single(company => company.Name == name).Id;

    /// <summary>Lets all entries sleep, so that a wake-up shows.</summary>
    public async Task PutToSleepAsync(SyncEngine? other = null)
    {
        var engine = other ?? Engine;
        var states = engine.JobQueueStore!;
        var scope = (await engine.FindScopeAsync()).Name;
        var stored = await states.ReadEntriesAsync(scope, default);
        foreach (var mapping in engine.Mappings.All)
        {
            (await states.TrySaveEntryAsync(scope, new()
            {
                Name = mapping.Name,
                Mapping = mapping.Name,
                Version = stored.FirstOrDefault(entry => entry.Name == mapping.Name)?.Version ?? 0,
                State = JobQueueEntryState.OnHoldWithInactivityTimeout,
                EarliestStartOn = landscape.Time.GetUtcNow() + TimeSpan.FromDays(2_000),
            }, default)).Should().BeTrue();
        }
    }

    /// <summary>Waits until entries are woken, and checks that no other is.</summary>
    public Task ShouldWakeAsync(params string[] expected) => ShouldWakeAsync(Queue, expected);

    /// <summary>Waits until entries of an engine with a name are woken, and checks that no other is.</summary>
    public Task ShouldWakeAsync(string engine, IEnumerable<string> expected) =>
        ShouldWakeAsync(app.Services.GetRequiredKeyedService<JobQueue>(engine), expected);

    private static async Task ShouldWakeAsync(JobQueue queue, IEnumerable<string> expected)
    {
        using var patience = new CancellationTokenSource(Landscape.Patience);
        IReadOnlyList<string> woken = [];
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
            woken = await WokenAsync(queue);
        }
        while (expected.Except(woken).Any());

        woken.Should().BeEquivalentTo(expected);
    }

    public Task<IReadOnlyList<string>> WokenAsync() => WokenAsync(Queue);

    private static async Task<IReadOnlyList<string>> WokenAsync(JobQueue queue) =>
    [
        .. (await queue.ListAsync()).Where(entry => entry.State == JobQueueEntryState.Ready).Select(entry => entry.Name),
    ];

    // What is wrong with the settings is to be told by the host.
    private int CountLoops()
    {
        try
        {
            return app.Services.GetRequiredService<WebhookHost>().Loops.Count();
        }
        catch (SyncConfigurationException)
        {
            return 0;
        }
    }

    /// <summary>Stops the process as a restart does.</summary>
    public async Task StopAsync()
    {
        await app.StopAsync();
        landscape.Balancer.Remove(Address);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static void Connect(SyncBuilder sync, Landscape landscape, string company) => sync
        .UseStore(_ => landscape.Store)
        .UseBusinessCentral(options =>
        {
            options.BaseAddress = landscape.Central.BaseAddress;
            options.Company = company;
            options.AccessToken = _ => new("token");
            options.MaxRetries = 0;
        })
        .UseDataverseWebApi(options =>
        {
            options.EnvironmentUrl = landscape.Dataverse.BaseAddress;
            options.AccessToken = _ => new("token");
            options.MaxRetries = 0;
        })
        .AddMapping(Customers, mapping => mapping.Between("customers", "account").Field("displayName", "name"))
        .AddMapping(Vendors, mapping => mapping.Between("vendors", "account").Field("displayName", "name"))
        .AddMapping(Contacts, mapping => mapping.Between("contacts", "contact").Field("displayName", "lastname")
            .Direction(SyncDirection.FromIntegrationTable));
}
