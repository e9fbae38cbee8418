using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dataverse.Sync;

/// <summary>
/// Configures the engine of a service collection. Packages extend it with their own <c>Use…</c> methods.
/// </summary>
/// <remarks>
/// Of several connectors, stores, or job logs, the last one is used; mappings, rules, and calls of
/// <see cref="Configure"/> accumulate. The engine is created when the container first resolves
/// <see cref="SyncEngine"/>. Not safe for concurrent use. Each method returns the same builder.
/// </remarks>
public sealed partial class SyncBuilder
{
    private readonly List<IIntegrationTableMapping> mappings = [];
    private readonly List<Func<IServiceProvider, ISyncRule>> rules = [];
    private Func<IServiceProvider, ITableConnector>? local;
    private Func<IServiceProvider, ITableConnector>? integration;
    private Func<IServiceProvider, ICouplingStore>? store;
    private Func<IServiceProvider, ISyncJobLog>? jobLog;
    private Func<SyncEngineOptions, SyncEngineOptions> configure = options => options;

    private readonly List<string> problems = [];

    internal SyncBuilder(IServiceCollection services, string? engineName)
    {
        Services = services;
        EngineName = engineName;
    }

    /// <summary>The service collection, in which packages may register more services.</summary>
    /// <remarks>
    /// What belongs to this engine alone, such as its connectors, is registered as a keyed service with
    /// <see cref="EngineName"/> as its key. A null key makes a service without a key.
    /// </remarks>
    public IServiceCollection Services { get; }

    /// <summary>The name of the engine, which is the key of its services; null for the engine without a name.</summary>
    public string? EngineName { get; }

    /// <summary>The mappings that were added so far.</summary>
    public IReadOnlyList<IIntegrationTableMapping> Mappings => mappings.AsReadOnly();

    /// <summary>Adds a problem of the set-up, for packages that read it from elsewhere.</summary>
    /// <remarks>
    /// Resolving the engine throws <see cref="SyncConfigurationException"/> with this problem and all others.
    /// </remarks>
    /// <param name="problem">The problem, in one sentence.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="problem"/> is null, empty, or white space.</exception>
    public SyncBuilder AddProblem(string problem)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(problem);
        problems.Add(problem);
        return this;
    }

    /// <summary>Sets the connector of the local side.</summary>
    /// <param name="connector">
    /// Returns the connector when the engine is created. The engine does not dispose it.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="connector"/> is null.</exception>
    public SyncBuilder UseLocal(Func<IServiceProvider, ITableConnector> connector)
    {
        ArgumentNullException.ThrowIfNull(connector);
        local = connector;
        return this;
    }

    /// <summary>Sets the connector of the integration side.</summary>
    /// <param name="connector">
    /// Returns the connector when the engine is created. The engine does not dispose it.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="connector"/> is null.</exception>
    public SyncBuilder UseIntegration(Func<IServiceProvider, ITableConnector> connector)
    {
        ArgumentNullException.ThrowIfNull(connector);
        integration = connector;
        return this;
    }

    /// <summary>
    /// Sets the coupling store. A store that is a job log as well serves as both, unless <see cref="UseJobLog"/> is
    /// called.
    /// </summary>
    /// <param name="couplingStore">
    /// Returns the store when the engine is created. The engine does not dispose it.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="couplingStore"/> is null.</exception>
    public SyncBuilder UseStore(Func<IServiceProvider, ICouplingStore> couplingStore)
    {
        ArgumentNullException.ThrowIfNull(couplingStore);
        store = couplingStore;
        return this;
    }

    /// <summary>
    /// Keeps couplings, checkpoints, and the journal in memory, where they are lost with the process. Use it for tests
    /// only.
    /// </summary>
    /// <remarks>After a restart, every record counts as uncoupled: it is matched, or created again.</remarks>
    /// <returns>This builder.</returns>
    public SyncBuilder UseInMemoryStore() => UseStore(provider =>
        new InMemoryCouplingStore(provider.GetService<TimeProvider>() ?? TimeProvider.System));

    /// <summary>Sets the job log.</summary>
    /// <param name="log">Returns the job log when the engine is created. The engine does not dispose it.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> is null.</exception>
    public SyncBuilder UseJobLog(Func<IServiceProvider, ISyncJobLog> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        jobLog = log;
        return this;
    }

    /// <summary>Adds a mapping.</summary>
    /// <param name="name">The unique name of the mapping.</param>
    /// <param name="build">Configures the mapping.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty, or white space.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="build"/> is null.</exception>
    public SyncBuilder AddMapping(string name, Action<IntegrationTableMappingBuilder> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        var builder = new IntegrationTableMappingBuilder(name);
        build(builder);
        return AddMapping(builder.Build());
    }

    /// <summary>Adds a mapping that is already built.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="mapping"/> is null.</exception>
    public SyncBuilder AddMapping(IIntegrationTableMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        mappings.Add(mapping);
        return this;
    }

    /// <summary>Changes a mapping that was added before, such as a standard one.</summary>
    /// <remarks>
    /// <see cref="MappingCatalog.Reset"/> returns to the mapping as changed here. To keep the mapping as it was added
    /// for a reset, change it in <see cref="SyncEngine.Mappings"/> instead.
    /// </remarks>
    /// <param name="name">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="change">Receives a builder with the present settings.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="name"/> or <paramref name="change"/> is null.
    /// </exception>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    public SyncBuilder ConfigureMapping(string name, Action<IntegrationTableMappingBuilder> change)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(change);
        var index = mappings.FindIndex(
            mapping => string.Equals(mapping.Name, name, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            throw new SyncConfigurationException([$"There is no mapping named '{name}' to configure."]);
        }

        var builder = new IntegrationTableMappingBuilder(mappings[index]);
        change(builder);
        mappings[index] = builder.Build();
        return this;
    }

    /// <summary>Adds a rule that the container creates once.</summary>
    /// <typeparam name="TRule">
    /// The type of the rule. It is registered as a singleton unless it is registered already.
    /// </typeparam>
    /// <returns>This builder.</returns>
    public SyncBuilder AddRule<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TRule>()
        where TRule : class, ISyncRule
    {
        Services.TryAddSingleton<TRule>();
        rules.Add(provider => provider.GetRequiredService<TRule>());
        return this;
    }

    /// <summary>Adds a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    public SyncBuilder AddRule(ISyncRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        rules.Add(_ => rule);
        return this;
    }

    /// <summary>Changes the remaining options of the engine, such as the scope and the lease duration.</summary>
    /// <param name="change">
    /// Receives the options with everything that is configured so far and returns the options to use.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="change"/> is null.</exception>
    public SyncBuilder Configure(Func<SyncEngineOptions, SyncEngineOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var before = configure;
        configure = options => change(before(options))
            ?? throw new SyncConfigurationException([ReturnedNull(nameof(Configure))]);
        return this;
    }

    internal SyncEngine Build(IServiceProvider provider)
    {
        RequireAll([.. problems, .. Missing()]);
        var made = new SyncEngineOptions
        {
            Local = local!(provider),
            Integration = integration!(provider),
            Store = store?.Invoke(provider),
            JobLog = jobLog?.Invoke(provider),
            Mappings = [.. mappings],
            Rules = [.. rules.Select(make => make(provider))],
            NamedCode = code,
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
            yield return "No connector is set for the local side. Call UseBusinessCentral or UseLocal.";
        }

        if (integration is null)
        {
            yield return "No connector is set for the integration side. Call UseDataverseWebApi or UseIntegration.";
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
