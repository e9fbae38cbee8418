namespace Dataverse.Sync;

/// <summary>Extension methods that add the standard mappings to an engine.</summary>
public static class StandardMappingSyncBuilderExtensions
{
    /// <summary>Adds the standard mappings of Business Central.</summary>
    /// <remarks>Change a single one with <see cref="SyncBuilder.ConfigureMapping"/>.</remarks>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="options">Settings of the mappings, or null for their defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static SyncBuilder AddStandardMappings(this SyncBuilder builder, StandardMappingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var mapping in StandardMappings.Create(options))
        {
            _ = builder.AddMapping(mapping);
        }

        return builder;
    }
}
