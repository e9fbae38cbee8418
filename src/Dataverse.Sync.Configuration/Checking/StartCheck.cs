using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Hosting;
using Dataverse.Sync.PostgreSql;
using Dataverse.Sync.Sqlite;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dataverse.Sync.Configuration;

/// <summary>
/// Checks a configured engine when the host starts, so that all problems come in one message and nothing has run.
/// </summary>
/// <remarks>
/// The engine alone would stop at its first connector. So each part is made by itself as well, and a problem that is told
/// more than once counts once.
/// </remarks>
internal sealed class StartCheck(ConfiguredEngine engine, IServiceProvider provider) : IValidateOptions<EngineStart>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, EngineStart options)
    {
        if (name != (engine.Name ?? Options.DefaultName))
        {
            return ValidateOptionsResult.Skip;
        }

        var problems = Problems();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private List<string> Problems()
    {
        var found = new KeyedProblems(engine.Setup);
        found.Add(engine.Setup.Problems);
        var settings = engine.Setup.Settings;
        if (settings.BusinessCentral is { BaseAddress: not null, Company: not null })
        {
            found.Try(nameof(settings.BusinessCentral), () => Make<BusinessCentralConnector>());
        }

        if (settings.Dataverse is { EnvironmentUrl: not null })
        {
            found.Try(nameof(settings.Dataverse), () => Make<WebApiConnector>());
        }

        if (settings.Store is not null)
        {
            found.Try(nameof(settings.Store), () => Make<SqliteCouplingStore>());
            found.Try(nameof(settings.Store), () => Make<PostgreSqlCouplingStore>());
        }

        found.Try(part: null, () => Make<SyncEngine>());
        CheckQueue(found);
        return found.All;
    }

    private void CheckQueue(KeyedProblems found)
    {
        if (engine.Setup.Settings.JobQueue is not null)
        {
            var options = provider.GetRequiredService<IOptionsMonitor<JobQueueOptions>>().Get(engine.Name);
            var time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
            var names = engine.Builder.Mappings.Select(mapping => mapping.Name)
                .Concat(engine.HasMappings ? [] : engine.Setup.Settings.JobQueue.Entries.Keys);
            found.AddQueue(JobQueueOptionsValidator.Problems(options, names, time.GetUtcNow()));
            found.Try(part: null, () => Make<JobQueue>());
        }
    }

    private void Make<T>()
        where T : class => _ = provider.GetKeyedService<T>(engine.Name);
}
