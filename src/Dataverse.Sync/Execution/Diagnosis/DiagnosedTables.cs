namespace Dataverse.Sync.Execution;

/// <summary>Lists the tables that mappings use, and what they do with them.</summary>
internal static class DiagnosedTables
{
    /// <summary>The tables of a side, each once, also those of mappings that are invalid.</summary>
    public static IReadOnlyList<DiagnosedTable> On(SyncSide side, IReadOnlyList<IIntegrationTableMapping> mappings) =>
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
    public static string? OwnerOf(
        SyncSide side, string? table, string? field, IReadOnlyList<IIntegrationTableMapping> mappings)
    {
        var users = mappings.Where(mapping => mapping.TableOn(side) == table
            && (field is null || ReadBy(mapping, side).Concat(WrittenBy(mapping, side)).Contains(field)));
        return users.Take(2).ToList() is [var only] ? only.Name : null;
    }

    private static IEnumerable<string> ReadBy(IIntegrationTableMapping mapping, SyncSide side) =>
        mapping.Fields.Where(field => field.IsEnabled).Select(field => field.FieldOn(side)).OfType<string>()
            .Concat(mapping.MatchGroups.SelectMany(group => group.Fields.Concat(group.ConfirmedBy))
                .Select(field => field.On(side)))
            .Concat(mapping.FilterOn(side)?.Fields ?? []);

    private static IEnumerable<string> WrittenBy(IIntegrationTableMapping mapping, SyncSide side) =>
        mapping.Direction.ReachesSide(side)
            ? mapping.Fields.Where(field => field.IsEnabled && field.Direction.ReachesSide(side))
                .Select(field => field.FieldOn(side)).OfType<string>()
            : [];
}
