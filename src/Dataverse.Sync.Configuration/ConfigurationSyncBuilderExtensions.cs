using Microsoft.Extensions.Configuration;

namespace Dataverse.Sync;

/// <summary>Extension methods that take the mappings of an engine from the configuration of an application.</summary>
public static class ConfigurationSyncBuilderExtensions
{
    /// <summary>
    /// Adds the mappings of a section of the configuration, and changes those that were added before and that it names.
    /// </summary>
    /// <remarks>
    /// The section is read at once, and a later change of the configuration has no effect. Its members are those of a JSON
    /// document; <see cref="MappingJson.FromSettings"/> says what differs in settings.
    /// </remarks>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="section">
    /// The section. A whole configuration has members that do not belong to mappings, which are problems.
    /// </param>
    /// <returns>The builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// The section is missing or invalid. The exception lists every problem with its key.
    /// </exception>
    public static SyncBuilder AddMappings(this SyncBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddMappingsFromSettings(section.AsEnumerable(), (section as IConfigurationSection)?.Path);
    }
}
