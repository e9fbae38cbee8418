using Dataverse.Sync.Shared;

namespace Dataverse.Sync.PostgreSql;

/// <summary>Stores the couplings of a commit.</summary>
internal static class CouplingWriter
{
    // The array is repeated for the planner, which otherwise reads a large table from end to end to join it.
    private const string RemoveMoving =
        """
        DELETE FROM [schema].coupling AS old USING unnest($2, $3) AS new (local_id, integration_id)
        WHERE old.mapping_id = $1 AND old.local_id = any($2)
            AND old.local_id = new.local_id AND old.integration_id <> new.integration_id
        RETURNING old.local_id, old.integration_id
        """;

    private const string Upsert =
        """
        INSERT INTO [schema].coupling (
            mapping_id, local_id, integration_id, local_version, integration_version, synchronized_on, base_shape_id, base)
        SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (mapping_id, local_id) DO UPDATE
        SET local_version = excluded.local_version, integration_version = excluded.integration_version,
            synchronized_on = excluded.synchronized_on, base_shape_id = excluded.base_shape_id, base = excluded.base
        """;

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
        long mapping,
        StoreCommit commit,
        ShapeIds shapes,
        CancellationToken cancellationToken)
    {
        if (commit.Couplings.Count == 0)
        {
            return [];
        }

        var couplings = Latest.Of(commit.Couplings, coupling => coupling.LocalId);
        RequireOnePartner(couplings, commit.Lease.Key);
        return await connection.ListAsync(
            [
                new Statement(RemoveMoving).Number(mapping)
                    .Ids(couplings, coupling => coupling.LocalId)
                    .Ids(couplings, coupling => coupling.IntegrationId),
                Insert(connection, mapping, couplings, shapes),
            ],
            RecordPair.Read,
            cancellationToken).ConfigureAwait(false);
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

    private static void RequireOnePartner(List<Coupling> couplings, MappingKey key)
    {
        var partners = new HashSet<Guid>(couplings.Count);
        if (couplings.Find(coupling => !partners.Add(coupling.IntegrationId)) is { } refused)
        {
            throw DatabaseErrors.AlreadyCoupled(key.Mapping, refused.IntegrationId);
        }
    }

    private static Statement Insert(
        StoreConnection connection, long mapping, List<Coupling> couplings, ShapeIds shapes) =>
        new Statement(Upsert)
            .Number(mapping)
            .Ids(couplings, coupling => coupling.LocalId)
            .Ids(couplings, coupling => coupling.IntegrationId)
            .Numbers(couplings, coupling => unchecked((long)coupling.LocalVersion))
            .Numbers(couplings, coupling => unchecked((long)coupling.IntegrationVersion))
            .Numbers(couplings, coupling => coupling.SynchronizedOn?.ToUnixTimeSeconds())
            .Numbers(couplings, coupling => shapes.Of(coupling.Base))
            .Blobs(couplings, coupling => Pack(connection, mapping, coupling, shapes));

    private static byte[]? Pack(StoreConnection connection, long mapping, Coupling coupling, ShapeIds shapes) =>
        coupling.Base is { } synchronized
            ? connection.Protect(
                synchronized.Pack(),
                ValueSlot.OfBase(mapping, coupling.LocalId, coupling.IntegrationId, shapes.Of(synchronized)))
            : null;
}
