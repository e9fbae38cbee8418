using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite;

/// <summary>The table of couplings and their bases.</summary>
internal static class CouplingTable
{
    private const string Columns =
        """
        local_id, integration_id, local_version, integration_version, synchronized_on, base_shape_id, base, mapping_id
        """;

    private const string Values = "VALUES (?9, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?1)";

    // Bases of some 60 fields.
    private const int MaximumOnStack = 1_024;

    private static readonly string FindByLocal = FindBy("local_id");
    private static readonly string FindByIntegration = FindBy("integration_id");

    // Changes nothing if the local record has another partner, or if the integration record has; see Save.
    private const string Upsert =
        $"""
        INSERT INTO coupling (id, {Columns}) {Values}
        ON CONFLICT (mapping_id, local_id) DO UPDATE
        SET local_version = excluded.local_version, integration_version = excluded.integration_version,
            synchronized_on = excluded.synchronized_on, base_shape_id = excluded.base_shape_id, base = excluded.base
        WHERE integration_id = excluded.integration_id
        ON CONFLICT DO NOTHING
        """;

    public static IReadOnlyList<Coupling> Find(
        FileConnection connection, BaseShapeCache shapes, MappingKey key, SyncSide side, byte[] ids) =>
        connection.Prepared(side == SyncSide.Local ? FindByLocal : FindByIntegration)
            .Bind(key).Bind(3, ids).List(row => Read(connection, shapes, row));

    /// <summary>Lists couplings of a mapping.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="shapes">Reads the shapes of bases.</param>
    /// <param name="key">The mapping.</param>
    /// <param name="range">The row ids; null for all that are in use now.</param>
    /// <param name="limit">The number of couplings to list.</param>
    /// <returns>The couplings, and the range of the others; null if there are none.</returns>
    public static (List<Coupling> Page, CouplingRange? Remaining) List(
        FileConnection connection, BaseShapeCache shapes, MappingKey key, CouplingRange? range, int limit) =>
        List(connection, $"id, {Columns}", key, range, limit, row => Read(connection, shapes, row));

    /// <summary>
    /// Lists the ids and versions of couplings of a mapping as <see cref="List(FileConnection, BaseShapeCache, MappingKey,
    /// CouplingRange?, int)"/> lists the couplings.
    /// </summary>
    public static (List<CouplingVersions> Page, CouplingRange? Remaining) ListVersions(
        FileConnection connection, MappingKey key, CouplingRange? range, int limit) => List(
            connection,
            "id, local_id, integration_id, local_version, integration_version, base_shape_id IS NOT NULL",
            key,
            range,
            limit,
            row => new CouplingVersions(
                row.Guid(1),
                row.Guid(2),
                unchecked((ulong)row.Int64(3)),
                unchecked((ulong)row.Int64(4)),
                HasBase: row.Int64(5) != 0));

    public static long Count(FileConnection connection, MappingKey key) =>
        connection.Prepared($"SELECT count(*) FROM coupling WHERE mapping_id = {MappingTable.IdOfKey}").Bind(key)
            .FirstOrDefault(row => row.Int64(0));

    /// <summary>Removes the couplings of local records, and returns the pairs that are no longer coupled.</summary>
    public static List<(Guid Local, Guid Integration)> Remove(
        FileConnection connection, long mapping, IReadOnlyCollection<Guid> localIds) =>
        connection.Prepared(
            $"""
            DELETE FROM coupling WHERE mapping_id = ?1 AND local_id IN {IdList.Select("?2")}
            RETURNING local_id, integration_id
            """)
            .Bind(1, mapping).Bind(2, IdList.Pack(localIds)).List(row => (row.Guid(0), row.Guid(1)));

    /// <summary>
    /// Stores couplings, and returns the pairs that are no longer coupled because a local record has another partner
    /// now.
    /// </summary>
    /// <exception cref="CouplingStoreException">A record would be in two couplings.</exception>
    public static List<(Guid Local, Guid Integration)> Save(FileConnection connection, long mapping, StoreCommit commit)
    {
        var shapeIds = new BaseShapeIds(connection);
        var rowId = CouplingRange.InUse(connection, mapping).Last;
        var moving = Latest.Of(commit.Couplings, coupling => coupling.LocalId)
            .Where(coupling => Bind(connection, Upsert, mapping, coupling, shapeIds, ++rowId).Execute() == 0).ToList();
        return moving.Count == 0 ? [] : Move(connection, commit.Lease.Key, mapping, moving, shapeIds);
    }

    // Removes all couplings that move before it inserts the first, so that two records can exchange their partners.
    private static List<(Guid Local, Guid Integration)> Move(
        FileConnection connection, MappingKey key, long mapping, List<Coupling> moving, BaseShapeIds shapeIds)
    {
        var removed = Remove(connection, mapping, moving.ConvertAll(coupling => coupling.LocalId));
        const string Insert = $"INSERT INTO coupling (id, {Columns}) {Values} ON CONFLICT DO NOTHING";
        var rowId = CouplingRange.InUse(connection, mapping).Last;
        if (moving.Find(coupling => Bind(connection, Insert, mapping, coupling, shapeIds, ++rowId).Execute() == 0) is { } refused)
        {
            throw new CouplingStoreException(
                CouplingStoreFailure.AlreadyCoupled,
                $"Integration record {refused.IntegrationId} of mapping '{key.Mapping}' would be in two couplings.");
        }

        return removed;
    }

    private static Statement Bind(
        FileConnection connection, string sql, long mapping, Coupling coupling, BaseShapeIds shapeIds, long rowId)
    {
        var shape = shapeIds.Of(coupling.Base);
        var statement = connection.Prepared(sql)
            .Bind(1, mapping)
            .Bind(2, coupling.LocalId)
            .Bind(3, coupling.IntegrationId)
            .Bind(4, unchecked((long)coupling.LocalVersion))
            .Bind(5, unchecked((long)coupling.IntegrationVersion))
            .Bind(6, coupling.SynchronizedOn?.ToUnixTimeSeconds())
            .Bind(7, shape)
            .Bind(9, rowId);
        if (coupling.Base is not { } synchronized)
        {
            return statement.Bind(8, (long?)null);
        }

        Span<byte> packed = synchronized.MaximumPackedLength <= MaximumOnStack
            ? stackalloc byte[MaximumOnStack]
            : new byte[synchronized.MaximumPackedLength];
        var slot = ValueSlot.OfBase(mapping, coupling.LocalId, coupling.IntegrationId, shape);
        return statement.Bind(8, connection.Protect(packed[..synchronized.Pack(packed)], slot));
    }

    private static Coupling Read(FileConnection connection, BaseShapeCache shapes, Row row)
    {
        var local = row.Guid(1);
        var integration = row.Guid(2);
        var slot = ValueSlot.OfBase(row.Int64(8), local, integration, shape: null);
        return new()
        {
            LocalId = local,
            IntegrationId = integration,
            LocalVersion = unchecked((ulong)row.Int64(3)),
            IntegrationVersion = unchecked((ulong)row.Int64(4)),
            SynchronizedOn = row.UnixSecondsOrNull(5),
            Base = shapes.ReadBase(connection, row, 6, slot),
        };
    }

    private static (List<T> Page, CouplingRange? Remaining) List<T>(
        FileConnection connection, string columns, MappingKey key, CouplingRange? range, int limit, Func<Row, T> read)
    {
        if ((range ?? CouplingRange.InUse(connection, key)) is not { } listed)
        {
            return ([], null);
        }

        var (count, last) = (0, 0L);
        var page = connection.Prepared(
            $"SELECT {columns} FROM coupling WHERE id > ?1 AND id <= ?2 AND +mapping_id = ?4 ORDER BY id LIMIT ?3")
            .Bind(1, listed.After).Bind(2, listed.Last).Bind(3, limit).Bind(4, listed.Mapping)
            .List(row =>
            {
                last = ++count == limit ? row.Int64(0) : last;
                return read(row);
            });
        return (page, page.Count == limit ? listed with { After = last } : null);
    }

    private static string FindBy(string column) =>
        $"""
        SELECT id, {Columns} FROM coupling
        WHERE mapping_id = {MappingTable.IdOfKey} AND {column} IN {IdList.Select("?3")}
        """;
}
