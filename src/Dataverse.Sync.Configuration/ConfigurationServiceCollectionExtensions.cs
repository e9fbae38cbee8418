using Dataverse.Sync;
using Dataverse.Sync.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that set an engine up from the configuration of an application.</summary>
public static class ConfigurationServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="SyncEngine"/> that a section of the configuration sets up.</summary>
    /// <remarks>
    /// <para>The section can have connectors, the coupling store, standard mappings and mappings, options of the engine, and
    /// the job queue; the page docs/guides/configuring-by-files.md lists all members. What it does not have, the code sets
    /// up. Secrets stand under other keys, which the section names, or come from a credential of the container.</para>
    /// <para>The section is read at once, and its problems are told when the host starts or the engine is resolved: all in
    /// one message, each with its key. While the host runs, changed settings of the job queue are taken over; all others
    /// apply from the next start.</para>
    /// </remarks>
    /// <param name="services">The service collection.</param>
    /// <param name="section">The section.</param>
    /// <param name="configure">
    /// Sets up what the section does not, or null. It is called before the mappings of the section are read, so that
    /// they can name rules that it registers, and change mappings that it adds.
    /// </param>
    /// <returns>The builder, for further configuration.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="services"/> or <paramref name="section"/> is null.
    /// </exception>
    public static SyncBuilder AddDataverseSync(
        this IServiceCollection services, IConfigurationSection section, Action<SyncBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return services.AddDataverseSync(builder => Configure(builder, section, configure));
    }

    /// <summary>
    /// Adds a <see cref="SyncEngine"/> with a name, such as one for each company, that a section of the configuration sets
    /// up.
    /// </summary>
    /// <remarks><inheritdoc cref="AddDataverseSync(IServiceCollection, IConfigurationSection, Action{SyncBuilder}?)"/></remarks>
    /// <param name="services">The service collection.</param>
    /// <param name="engineName">
    /// The name. Names that differ in letter case alone are the same, and two engines of one name are refused.
    /// </param>
    /// <param name="section">The section.</param>
    /// <param name="configure">Sets up what the section does not, or null.</param>
    /// <returns>The builder, for further configuration.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="services"/> or <paramref name="section"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="engineName"/> is null, empty, or white space.
    /// </exception>
    public static SyncBuilder AddDataverseSync(
        this IServiceCollection services,
        string engineName,
        IConfigurationSection section,
        Action<SyncBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return services.AddDataverseSync(engineName, builder => Configure(builder, section, configure));
    }

    private static void Configure(SyncBuilder builder, IConfigurationSection section, Action<SyncBuilder>? configure)
    {
        var setup = new SectionSetup(section);
        EngineParts.Apply(builder, setup);
        configure?.Invoke(builder);
        var hasMappings = TryReadMappings(builder, section);
        foreach (var problem in setup.Problems)
        {
            _ = builder.AddProblem(problem);
        }

        var engine = new ConfiguredEngine(builder.EngineName, setup, builder, hasMappings);
        var services = builder.Services;
        _ = services.AddOptions<EngineStart>(builder.EngineName).ValidateOnStart();
        _ = services.AddSingleton<IValidateOptions<EngineStart>>(provider => new StartCheck(engine, provider));
        _ = services.AddSingleton(engine);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SettingsReload>());
    }

    private static bool TryReadMappings(SyncBuilder builder, IConfigurationSection section)
    {
        var settings = SectionReading.MappingSettings(section);
        if (settings.Count == 0)
        {
            return true;
        }

        try
        {
            _ = builder.AddMappingsFromSettings(settings, section.Path);
            return true;
        }
        catch (SyncConfigurationException failure)
        {
            foreach (var problem in failure.Problems)
            {
                _ = builder.AddProblem(problem);
            }

            return false;
        }
    }
}
