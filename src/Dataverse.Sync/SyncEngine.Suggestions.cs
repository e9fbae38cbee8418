using Dataverse.Sync.Suggestions;

namespace Dataverse.Sync;

/// <content>Suggested field mappings.</content>
public sealed partial class SyncEngine
{
    /// <summary>Suggests further field mappings for a mapping, by the names and the types of fields.</summary>
    /// <remarks>
    /// Reads the schemas of both tables and writes nothing. Fields that the mapping names already, also in a disabled field
    /// mapping, are left out. If the mapping has one direction, fields of the source do not have to be writable.
    /// See <see cref="FieldMappingSuggestions"/>.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The suggestions, the best first.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping, or a table does not exist.</exception>
    /// <exception cref="ConnectorException">A system did not answer.</exception>
    public async Task<IReadOnlyList<FieldMappingSuggestion>> SuggestFieldMappingsAsync(
        string mapping, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(mapping);
        var known = Mappings[mapping];
        var named = Sides.Of(side => known.Fields.Select(field => field.FieldOn(side)).ToHashSet(StringComparer.Ordinal));
        return await SuggestAsync(
            known.LocalTable,
            known.IntegrationTable,
            known.Direction,
            (side, field) => !named[side].Contains(field),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Suggests field mappings between two tables, before there is a mapping.</summary>
    /// <remarks>Reads the schemas of both tables and writes nothing. See <see cref="FieldMappingSuggestions"/>.</remarks>
    /// <param name="localTable">The local table, as its connector names it.</param>
    /// <param name="integrationTable">The integration table, as its connector names it.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The suggestions, the best first.</returns>
    /// <exception cref="ArgumentException">A name is null, empty, or white space.</exception>
    /// <exception cref="SyncConfigurationException">A table does not exist.</exception>
    /// <exception cref="ConnectorException">A system did not answer.</exception>
    public Task<IReadOnlyList<FieldMappingSuggestion>> SuggestFieldMappingsAsync(
        string localTable, string integrationTable, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(localTable);
        ArgumentException.ThrowIfNullOrWhiteSpace(integrationTable);
        return SuggestAsync(
            localTable, integrationTable, SyncDirection.Bidirectional, (_, _) => true, cancellationToken);
    }

    private async Task<IReadOnlyList<FieldMappingSuggestion>> SuggestAsync(
        string localTable,
        string integrationTable,
        SyncDirection direction,
        Func<SyncSide, string, bool> isFree,
        CancellationToken cancellationToken)
    {
        var local = await services.Systems.Local.GetSchemaAsync(localTable, cancellationToken).ConfigureAwait(false);
        var integration = await services.Systems.Integration.GetSchemaAsync(integrationTable, cancellationToken)
            .ConfigureAwait(false);
        if (local is null || integration is null)
        {
            throw new SyncConfigurationException(
            [
                .. local is null ? [$"The local table '{localTable}' does not exist."] : (string[])[],
                .. integration is null ? [$"The integration table '{integrationTable}' does not exist."] : (string[])[],
            ]);
        }

        return new SuggestionSearch(local, integration, direction, Mappings.All).Find(isFree);
    }
}
