using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dataverse.Sync;

/// <summary>Says what the engine of a service collection is made of; packages extend it with their own <c>Use…</c> methods.</summary>
/// <remarks>Of several connectors or stores for one place the last one counts; mappings and rules add up.</remarks>
public sealed class SyncBuilder
{
    private readonly List<IIntegrationTableMapping> mappings = [];
    private readonly List<Func<IServiceProvider, ISyncRule>> rules = [];
    private Func<IServiceProvider, ITableConnector>? local;
    private Func<IServiceProvider, ITableConnector>? integration;
    private Func<IServiceProvider, ICouplingStore>? store;
    private Func<IServiceProvider, ISyncJobLog>? jobLog;
    private Func<SyncEngineOptions, SyncEngineOptions> configure = options => options;

    internal SyncBuilder(IServiceCollection services) => Services = services;

    /// <summary>The service collection, for packages that register more.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Sets the line-of-business system.</summary>
    public SyncBuilder UseLocal(Func<IServiceProvider, ITableConnector> connector)
    {
        ArgumentNullException.ThrowIfNull(connector);
        local = connector;
        return this;
    }

    /// <summary>Sets the integration system.</summary>
    public SyncBuilder UseIntegration(Func<IServiceProvider, ITableConnector> connector)
    {
        ArgumentNullException.ThrowIfNull(connector);
        integration = connector;
        return this;
    }

    /// <summary>Sets the coupling store; one that is a job log too serves as both unless another log is set.</summary>
    public SyncBuilder UseStore(Func<IServiceProvider, ICouplingStore> couplingStore)
    {
        ArgumentNullException.ThrowIfNull(couplingStore);
        store = couplingStore;
        return this;
    }

    /// <summary>Sets the job log.</summary>
    public SyncBuilder UseJobLog(Func<IServiceProvider, ISyncJobLog> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        jobLog = log;
        return this;
    }

    /// <summary>Adds a mapping.</summary>
    public SyncBuilder AddMapping(string name, Action<IntegrationTableMappingBuilder> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        var builder = new IntegrationTableMappingBuilder(name);
        build(builder);
        return AddMapping(builder.Build());
    }

    /// <summary>Adds a mapping.</summary>
    public SyncBuilder AddMapping(IIntegrationTableMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        mappings.Add(mapping);
        return this;
    }

    /// <summary>Changes a mapping added before, such as a standard one. The changed mapping is what a reset goes back to; change it in <see cref="SyncEngine.Mappings"/> to keep the standard one as the default.</summary>
    /// <exception cref="SyncConfigurationException">There is none of that name.</exception>
    public SyncBuilder ConfigureMapping(string name, Action<IntegrationTableMappingBuilder> change)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(change);
        var index = mappings.FindIndex(mapping => string.Equals(mapping.Name, name, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            throw new SyncConfigurationException([$"There is no mapping named '{name}' to configure."]);
        }

        var builder = new IntegrationTableMappingBuilder(mappings[index]);
        change(builder);
        mappings[index] = builder.Build();
        return this;
    }

    /// <summary>Adds a rule that is made by the container, once.</summary>
    public SyncBuilder AddRule<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TRule>()
        where TRule : class, ISyncRule
    {
        Services.TryAddSingleton<TRule>();
        rules.Add(provider => provider.GetRequiredService<TRule>());
        return this;
    }

    /// <summary>Adds a rule.</summary>
    public SyncBuilder AddRule(ISyncRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        rules.Add(_ => rule);
        return this;
    }

    /// <summary>Changes the engine's remaining options: scope, clock, durations.</summary>
    /// <param name="change">A function that returns the changed options.</param>
    /// <returns>The builder.</returns>
    public SyncBuilder Configure(Func<SyncEngineOptions, SyncEngineOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var before = configure;
        configure = options => change(before(options)) ?? throw new SyncConfigurationException([ReturnedNull(nameof(Configure))]);
        return this;
    }

    /// <exception cref="SyncConfigurationException">A system is missing, or a function returned null; every problem is named.</exception>
    internal SyncEngine Build(IServiceProvider provider)
    {
        RequireAll(Missing());
        var made = new SyncEngineOptions
        {
            Local = local!(provider),
            Integration = integration!(provider),
            Store = store?.Invoke(provider),
            JobLog = jobLog?.Invoke(provider),
            Mappings = [.. mappings],
            Rules = [.. rules.Select(make => make(provider))],
            TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System,
            LoggerFactory = provider.GetService<Microsoft.Extensions.Logging.ILoggerFactory>(),
        };
        RequireAll(NotMade(made));
        return new(configure(made));
    }

    private static string ReturnedNull(string method) => $"The function given to {method} returned null.";

    private static void RequireAll(IEnumerable<string> problems)
    {
        var found = problems.ToList();
        if (found.Count > 0)
        {
            throw new SyncConfigurationException(found);
        }
    }

    private IEnumerable<string> Missing()
    {
        if (local is null)
        {
            yield return "No local system is set; call UseBusinessCentral or UseLocal.";
        }

        if (integration is null)
        {
            yield return "No integration system is set; call UseDataverseWebApi or UseIntegration.";
        }
    }

    private IEnumerable<string> NotMade(SyncEngineOptions made) => new[]
    {
        made.Local is null ? nameof(UseLocal) : null,
        made.Integration is null ? nameof(UseIntegration) : null,
        store is not null && made.Store is null ? nameof(UseStore) : null,
        jobLog is not null && made.JobLog is null ? nameof(UseJobLog) : null,
    }.OfType<string>().Select(ReturnedNull);
}
