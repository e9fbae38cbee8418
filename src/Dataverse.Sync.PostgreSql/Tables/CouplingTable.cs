namespace Dataverse.Sync.PostgreSql;

/// <summary>The table of couplings: look-ups, lists, and removals.</summary>
internal static class CouplingTable
{
    /// <summary>The columns that <see cref="StoredCoupling.Read"/> reads.</summary>
    public const string Columns =
        "local_id, integration_id, local_version, integration_version, synchronized_on, base_shape_id, base, mapping_id";

    private static readonly string FindByLocal = FindBy("local_id");
    private static readonly string FindByIntegration = FindBy("integration_id");

    // See FindBy.
    private const string RemoveByLocal =
        """
        DELETE FROM [schema].coupling WHERE ctid = any(ARRAY(
            SELECT held.place FROM unnest($2) AS wanted (id)
            CROSS JOIN LATERAL (
                SELECT ctid AS place FROM [schema].coupling WHERE mapping_id = $1 AND local_id = wanted.id OFFSET 0) AS held))
        RETURNING local_id, integration_id
        """;

    public static Task<List<Coupling>> FindAsync(
        StoreConnection connection,
        BaseShapes shapes,
        MappingKey key,
        SyncSide side,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken) =>
        ListAsync(
            connection,
            shapes,
            new Statement(side == SyncSide.Local ? FindByLocal : FindByIntegration).Key(key).Ids(ids.Distinct()),
            cancellationToken);

    public static Task<List<Coupling>> ListAfterAsync(
        StoreConnection connection,
        BaseShapes shapes,
        MappingKey key,
        Coupling? last,
        int limit,
        CancellationToken cancellationToken) =>
        ListAsync(
            connection,
            shapes,
            new Statement(
                $"""
                SELECT {Columns} FROM [schema].coupling
                WHERE mapping_id = {MappingTable.IdOfKey} AND ($3 IS NULL OR local_id > $3) ORDER BY local_id LIMIT $4
                """)
                .Key(key).Id(last?.LocalId).Number(limit),
            cancellationToken);

    public static Task<long> CountAsync(
        StoreConnection connection, MappingKey key, CancellationToken cancellationToken) =>
        connection.FirstOrDefaultAsync(
            new Statement($"SELECT count(*) FROM [schema].coupling WHERE mapping_id = {MappingTable.IdOfKey}").Key(key),
            row => row.Int64(0),
            cancellationToken);

    /// <summary>Removes the couplings of local records, and returns the pairs that are no longer coupled.</summary>
    public static async Task<List<RecordPair>> RemoveAsync(
        StoreConnection connection,
        long mapping,
        IReadOnlyCollection<Guid> localIds,
        CancellationToken cancellationToken) =>
        localIds.Count == 0
            ? []
            : await connection.ListAsync(
                new Statement(RemoveByLocal).Number(mapping).Ids(localIds.Distinct()),
                RecordPair.Read,
                cancellationToken).ConfigureAwait(false);

    // Looks every id up in the index. Without the offset, the planner is free to join, and then reads a mapping from end to
    // end as long as it has no statistics of a table that was just filled.
    private static string FindBy(string column) =>
        $"""
        SELECT held.* FROM unnest($3) AS wanted (id)
        CROSS JOIN LATERAL (
            SELECT {Columns} FROM [schema].coupling
            WHERE mapping_id = {MappingTable.IdOfKey} AND {column} = wanted.id OFFSET 0) AS held
        """;

    private static async Task<List<Coupling>> ListAsync(
        StoreConnection connection, BaseShapes shapes, Statement query, CancellationToken cancellationToken)
    {
        var rows = await connection.ListAsync(query, StoredCoupling.Read, cancellationToken).ConfigureAwait(false);
        await shapes.LoadAsync(connection, rows.Select(row => row.ShapeId), cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(row => row.ToCoupling(connection, shapes));
    }
}
