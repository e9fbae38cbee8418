using Dataverse.Sync.Shared;

namespace Dataverse.Sync.PostgreSql;

/// <summary>Stores the couplings of a commit.</summary>
internal static class CouplingWriter
{
    // A plain insert costs less than one that may meet a row of the same record. No other commit can come in between: the
    // mapping is locked.
    private const string Insert =
        """
        INSERT INTO [schema].coupling (
            mapping_id, local_id, integration_id, local_version, integration_version, synchronized_on, base_shape_id, base)
        SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7, $8)
        """;

    private const string Update =
        $"""
        {Insert}
        ON CONFLICT (mapping_id, local_id) DO UPDATE
        SET local_version = excluded.local_version, integration_version = excluded.integration_version,
            synchronized_on = excluded.synchronized_on, base_shape_id = excluded.base_shape_id, base = excluded.base
        """;

    /// <summary>The statement that looks up the present pairs of the local records that a commit couples.</summary>
    public static IEnumerable<Statement> FindHeld(StoreCommit commit)
    {
        if (commit.Couplings.Count > 0)
        {
            yield return new Statement(
                $"""
                SELECT held.* FROM unnest($3) AS wanted (id)
                CROSS JOIN LATERAL (
                    SELECT local_id, integration_id FROM [schema].coupling
                    WHERE mapping_id = {MappingTable.IdOfKey} AND local_id = wanted.id OFFSET 0) AS held
                """)
                .Key(commit.Lease.Key).Ids(commit.Couplings, coupling => coupling.LocalId);
        }
    }

    /// <summary>
    /// Stores couplings, and returns the pairs that are no longer coupled because a local record has another partner
    /// now.
    /// </summary>
    /// <remarks>
    /// All couplings that move are removed before the first is inserted, so that two records can exchange their partners.
    /// </remarks>
    /// <exception cref="CouplingStoreException">A record would be in two couplings.</exception>
    public static async Task<List<RecordPair>> SaveAsync(
        StoreConnection connection,
        MappingLock locked,
        StoreCommit commit,
        ShapeIds shapes,
        CancellationToken cancellationToken)
    {
        var couplings = Latest.Of(commit.Couplings, coupling => coupling.LocalId);
        RequireOnePartner(couplings, commit.Lease.Key);
        var held = PartnersAfterUncoupling(locked, commit);
        var moving = couplings.Where(coupling =>
            held.TryGetValue(coupling.LocalId, out var partner) && partner != coupling.IntegrationId).ToList();
        var moved = await CouplingTable.RemoveAsync(
            connection, locked.Id, moving.ConvertAll(coupling => coupling.LocalId), cancellationToken)
            .ConfigureAwait(false);
        var kept = couplings.ToLookup(coupling =>
            held.TryGetValue(coupling.LocalId, out var partner) && partner == coupling.IntegrationId);
        Statement[] statements =
        [
            .. Save(connection, Update, locked.Id, [.. kept[true]], shapes),
            .. Save(connection, Insert, locked.Id, [.. kept[false]], shapes),
        ];
        if (statements.Length > 0)
        {
            await connection.RunAsync(statements, cancellationToken).ConfigureAwait(false);
        }

        return moved;
    }

    /// <summary>
    /// Names an integration record whose coupling a refused commit would have doubled: its holder is none of the records
    /// that the commit uncouples or couples.
    /// </summary>
    public static Task<Guid?> FindRefusedAsync(
        StoreConnection connection, StoreCommit commit, CancellationToken cancellationToken) =>
        connection.FirstOrDefaultAsync(
            new Statement(
                $"""
                SELECT integration_id FROM [schema].coupling
                WHERE mapping_id = {MappingTable.IdOfKey} AND integration_id = any($3) AND NOT local_id = any($4) LIMIT 1
                """)
                .Key(commit.Lease.Key)
                .Ids(commit.Couplings, coupling => coupling.IntegrationId)
                .Ids(commit.Couplings.Select(coupling => coupling.LocalId).Concat(commit.UncoupledLocalIds)),
            row => (Guid?)row.Guid(0),
            cancellationToken);

    private static void RequireOnePartner(IReadOnlyList<Coupling> couplings, MappingKey key)
    {
        var partners = new HashSet<Guid>(couplings.Count);
        if (couplings.FirstOrDefault(coupling => !partners.Add(coupling.IntegrationId)) is { } refused)
        {
            throw DatabaseErrors.AlreadyCoupled(key.Mapping, refused.IntegrationId);
        }
    }

    // What the commit uncouples was looked up before.
    private static Dictionary<Guid, Guid> PartnersAfterUncoupling(MappingLock locked, StoreCommit commit)
    {
        var held = new Dictionary<Guid, Guid>(locked.Held.Count);
        foreach (var pair in locked.Held)
        {
            held[pair.Local] = pair.Integration;
        }

        foreach (var id in commit.UncoupledLocalIds)
        {
            _ = held.Remove(id);
        }

        return held;
    }

    private static IEnumerable<Statement> Save(
        StoreConnection connection, string sql, long mapping, List<Coupling> couplings, ShapeIds shapes)
    {
        if (couplings.Count > 0)
        {
            yield return new Statement(sql)
                .Number(mapping)
                .Ids(couplings, coupling => coupling.LocalId)
                .Ids(couplings, coupling => coupling.IntegrationId)
                .Numbers(couplings, coupling => unchecked((long)coupling.LocalVersion))
                .Numbers(couplings, coupling => unchecked((long)coupling.IntegrationVersion))
                .Numbers(couplings, coupling => coupling.SynchronizedOn?.ToUnixTimeSeconds())
                .Numbers(couplings, coupling => shapes.Of(coupling.Base))
                .Blobs(couplings, coupling => Pack(connection, mapping, coupling, shapes));
        }
    }

    private static byte[]? Pack(StoreConnection connection, long mapping, Coupling coupling, ShapeIds shapes) =>
        coupling.Base is { } synchronized
            ? connection.Protect(
                synchronized.Pack(),
                ValueSlot.OfBase(mapping, coupling.LocalId, coupling.IntegrationId, shapes.Of(synchronized)))
            : null;
}
