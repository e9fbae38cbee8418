namespace Dataverse.Sync.Execution;

/// <summary>Lists the tables that mappings use, and what they do with them.</summary>
/// <param name="mappings">The mappings, also those that are invalid.</param>
/// <param name="catalog">The compiled mappings, or null if they could not be compiled.</param>
internal sealed class DiagnosedTables(IReadOnlyList<IIntegrationTableMapping> mappings, CompiledCatalog? catalog)
{
    /// <summary>The tables of a side, each once, also those of mappings that are invalid.</summary>
    public IReadOnlyList<DiagnosedTable> On(SyncSide side) =>
    [
        .. mappings.GroupBy(mapping => mapping.TableOn(side)).Select(group => new DiagnosedTable
        {
            Name = group.Key,
            ReadFields = [.. group.SelectMany(mapping => ReadBy(mapping, side)).Distinct(StringComparer.Ordinal)],
            WrittenFields = [.. group.SelectMany(mapping => WrittenBy(mapping, side)).Distinct(StringComparer.Ordinal)],
            IsWritten = group.Any(mapping => mapping.Direction.ReachesSide(side)),
            IsDeleted = group.Any(mapping => mapping.Direction.ReachesSide(side)
                && mapping.DeletionPolicy == DeletionPolicy.DeleteRecord),
        }),
    ];

    /// <summary>The only mapping that uses a field, or a table if no field is named; null if there are several.</summary>
    public string? OwnerOf(SyncSide side, string? table, string? field)
    {
        var users = mappings.Where(mapping => mapping.TableOn(side) == table
            && (field is null || ReadBy(mapping, side).Concat(WrittenBy(mapping, side)).Contains(field)));
        return users.Take(2).ToList() is [var only] ? only.Name : null;
    }

    private IEnumerable<string> ReadBy(IIntegrationTableMapping mapping, SyncSide side) =>
        mapping.Fields.Where(field => field.IsEnabled).Select(field => field.FieldOn(side)).OfType<string>()
            .Concat(mapping.MatchGroups.SelectMany(group => group.Fields.Concat(group.ConfirmedBy))
                .Select(field => field.On(side)))
            .Concat(FilterBinding.FieldsOf(mapping.FilterOn(side), SchemaOf(mapping, side)));

    private TableSchema? SchemaOf(IIntegrationTableMapping mapping, SyncSide side) => catalog?.InOrder
        .FirstOrDefault(known => ReferenceEquals(known.Mapping, mapping))?.Compiled?.Schema(side);

    private static IEnumerable<string> WrittenBy(IIntegrationTableMapping mapping, SyncSide side) =>
        mapping.Direction.ReachesSide(side)
            ? mapping.Fields.Where(field => field.IsEnabled && field.Direction.ReachesSide(side))
                .Select(field => field.FieldOn(side)).OfType<string>()
            : [];
}
