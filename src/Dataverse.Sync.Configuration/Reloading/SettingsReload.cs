using Dataverse.Sync.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;

namespace Dataverse.Sync.Configuration;

/// <summary>Takes changed settings over while the host runs, as far as that is safe between runs.</summary>
/// <remarks>
/// Those are the settings of the job queue. A connector or a store cannot be replaced under an engine, and mappings are
/// changed at run time by <see cref="SyncEngine.Overrides"/>, which also records who differs from the default.
/// </remarks>
internal sealed class SettingsReload(IEnumerable<ConfiguredEngine> engines, IServiceProvider provider) : IHostedService, IDisposable
{
    private readonly List<IDisposable> registrations = [];
    private readonly ILogger logger =
        (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<SyncEngine>();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        registrations.AddRange(engines.Select(engine =>
        {
            var watched = new WatchedSection(engine, logger);
            return ChangeToken.OnChange(engine.Setup.Section.GetReloadToken, () => watched.TakeOver(QueueOf(engine)));
        }));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        registrations.Clear();
    }

    private JobQueue? QueueOf(ConfiguredEngine engine) =>
        engine.Setup.Settings.JobQueue is null ? null : provider.GetKeyedService<JobQueue>(engine.Name);
}
