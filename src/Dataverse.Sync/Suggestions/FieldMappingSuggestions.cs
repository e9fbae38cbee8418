using Dataverse.Sync.Suggestions;

namespace Dataverse.Sync;

/// <summary>Suggests field mappings between two tables, and adds suggestions to a mapping.</summary>
public static class FieldMappingSuggestions
{
    /// <summary>Finds pairs of fields with the same or similar names and values that can be converted.</summary>
    /// <remarks>
    /// Pure and deterministic; the order of the fields in the schemas does not matter. Keys, fields that cannot be read, and
    /// fields that the system computes are left out. So are references, unless a mapping of <paramref name="mappings"/> leads
    /// from one table to the other. In a mapping of one direction, fields of the source do not have to be writable.
    /// </remarks>
    /// <param name="local">The local table.</param>
    /// <param name="integration">The integration table.</param>
    /// <param name="mappings">The mappings through which references can be looked up, or null for none.</param>
    /// <param name="direction">The direction of the mapping to which the field mappings are to belong.</param>
    /// <returns>The suggestions, the best first. No field is in two of them.</returns>
    /// <exception cref="ArgumentNullException">A table is null.</exception>
    public static IReadOnlyList<FieldMappingSuggestion> Between(
        TableSchema local,
        TableSchema integration,
        IReadOnlyList<IIntegrationTableMapping>? mappings = null,
        SyncDirection direction = SyncDirection.Bidirectional)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(integration);
        return new SuggestionSearch(local, integration, direction, mappings ?? []).Find((_, _) => true);
    }

    /// <summary>Adds suggestions as field mappings, each with its direction and its lookup.</summary>
    /// <remarks>Two fields that the mapping connects already keep their settings.</remarks>
    /// <param name="builder">The mapping.</param>
    /// <param name="suggestions">The suggestions.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IntegrationTableMappingBuilder Suggested(
        this IntegrationTableMappingBuilder builder, IEnumerable<FieldMappingSuggestion> suggestions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(suggestions);
        var known = builder.Build().Fields.Select(field => (field.LocalField, field.IntegrationField)).ToHashSet();
        foreach (var suggestion in suggestions)
        {
            var (local, integration) = (suggestion.Local.Name, suggestion.Integration.Name);
            if (known.Add((local, integration)))
            {
                builder = suggestion.Lookup is { } lookup
                    ? builder.Lookup(local, integration, lookup, field => field.Direction(suggestion.Direction))
                    : builder.Field(local, integration, field => field.Direction(suggestion.Direction));
            }
        }

        return builder;
    }
}
