namespace Dataverse.Sync.Sqlite;

/// <summary>Row ids of the couplings of one mapping; see <see cref="SchemaVersion12"/>.</summary>
/// <param name="Mapping">The mapping.</param>
/// <param name="After">The row id before the first.</param>
/// <param name="Last">The last row id.</param>
/// <remarks>
/// A mapping has 2^40 row ids. A list ends with the last one that was in use when it began, so that a record that is coupled
/// anew meanwhile is not listed twice.
/// </remarks>
internal readonly record struct CouplingRange(long Mapping, long After, long Last)
{
    private const int Bits = 40;

    /// <summary>The row ids of a mapping that are in use; null if the mapping was not run yet.</summary>
    public static CouplingRange? InUse(FileConnection connection, MappingKey key) =>
        MappingTable.FindId(connection, key) is { } mapping ? InUse(connection, mapping) : null;

    /// <summary>The row ids of a mapping that are in use. Without any, the last is the one before the first.</summary>
    public static CouplingRange InUse(FileConnection connection, long mapping)
    {
        var start = mapping << Bits;
        var last = connection.Prepared("SELECT max(id) FROM coupling WHERE id > ?1 AND id < ?2")
            .Bind(1, start).Bind(2, (mapping + 1) << Bits).FirstOrDefault(row => row.Int64OrNull(0));
        return new(mapping, start, last ?? start);
    }
}
