namespace Dataverse.Sync;

/// <summary>Adds the standard mappings to an engine.</summary>
public static class StandardMappingSyncBuilderExtensions
{
    /// <summary>Adds Business Central's standard mappings; change single ones with <see cref="SyncBuilder.ConfigureMapping"/>.</summary>
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
