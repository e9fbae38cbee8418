using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite;

/// <summary>The table of couplings and their bases.</summary>
internal static class CouplingTable
{
    private const string Columns =
        """
        local_id, integration_id, local_version, integration_version, synchronized_on, base_shape_id, base, mapping_id
        """;

    private const string Values = "VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?1)";

    private static readonly string FindByLocal = FindBy("local_id");
    private static readonly string FindByIntegration = FindBy("integration_id");

    // Changes nothing if the local record has another partner, or if the integration record has; see Save.
    private const string Upsert =
        $"""
        INSERT INTO coupling ({Columns}) {Values}
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

    public static List<Coupling> ListAfter(
        FileConnection connection, BaseShapeCache shapes, MappingKey key, Coupling? last, int limit) =>
        connection.Prepared(
            $"""
            SELECT {Columns} FROM coupling
            WHERE mapping_id = {MappingTable.IdOfKey} AND local_id > ?3 ORDER BY local_id LIMIT ?4
            """)
            .Bind(key).Bind(3, last is null ? [] : IdList.Pack([last.LocalId])).Bind(4, limit)
            .List(row => Read(connection, shapes, row));

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
        var last = new Dictionary<Guid, Coupling>(commit.Couplings.Count);
        foreach (var coupling in commit.Couplings)
        {
            last[coupling.LocalId] = coupling;
        }

        var moving = last.Values
            .Where(coupling => Bind(connection, Upsert, mapping, coupling, shapeIds).Execute() == 0).ToList();
        return moving.Count == 0 ? [] : Move(connection, commit.Lease.Key, mapping, moving, shapeIds);
    }

    // Removes all couplings that move before it inserts the first, so that two records can exchange their partners.
    private static List<(Guid Local, Guid Integration)> Move(
        FileConnection connection, MappingKey key, long mapping, List<Coupling> moving, BaseShapeIds shapeIds)
    {
        var removed = Remove(connection, mapping, moving.ConvertAll(coupling => coupling.LocalId));
        const string Insert = $"INSERT INTO coupling ({Columns}) {Values} ON CONFLICT DO NOTHING";
        if (moving.Find(coupling => Bind(connection, Insert, mapping, coupling, shapeIds).Execute() == 0) is { } refused)
        {
            throw new CouplingStoreException(
                CouplingStoreFailure.AlreadyCoupled,
                $"Integration record {refused.IntegrationId} of mapping '{key.Mapping}' would be in two couplings.");
        }

        return removed;
    }

    private static Statement Bind(
        FileConnection connection, string sql, long mapping, Coupling coupling, BaseShapeIds shapeIds)
    {
        var shape = shapeIds.Of(coupling.Base);
        var packed = coupling.Base is null
            ? null
            : connection.Protect(
                coupling.Base.Pack(),
                ValueSlot.OfBase(mapping, coupling.LocalId, coupling.IntegrationId, shape));
        return connection.Prepared(sql)
            .Bind(1, mapping)
            .Bind(2, coupling.LocalId)
            .Bind(3, coupling.IntegrationId)
            .Bind(4, unchecked((long)coupling.LocalVersion))
            .Bind(5, unchecked((long)coupling.IntegrationVersion))
            .Bind(6, coupling.SynchronizedOn?.ToUnixTimeSeconds())
            .Bind(7, shape)
            .Bind(8, packed);
    }

    private static Coupling Read(FileConnection connection, BaseShapeCache shapes, Row row)
    {
        var local = row.Guid(0);
        var integration = row.Guid(1);
        var slot = ValueSlot.OfBase(row.Int64(7), local, integration, shape: null);
        return new()
        {
            LocalId = local,
            IntegrationId = integration,
            LocalVersion = unchecked((ulong)row.Int64(2)),
            IntegrationVersion = unchecked((ulong)row.Int64(3)),
            SynchronizedOn = row.UnixSecondsOrNull(4),
            Base = shapes.ReadBase(connection, row, 5, slot),
        };
    }

    private static string FindBy(string column) =>
        $"""
        SELECT {Columns} FROM coupling
        WHERE mapping_id = {MappingTable.IdOfKey} AND {column} IN {IdList.Select("?3")}
        """;
}
