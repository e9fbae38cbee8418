using System.Text;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.PostgreSql;

/// <summary>The table of the journal.</summary>
internal static class IntentTable
{
    private const string Columns =
        "id, target, kind, target_id, source_id, journaled_on, base_shape_id, outcome, business_key, send_before";

    // The rows get their sequence in the order of the arrays.
    private const string Upsert =
        $"""
        INSERT INTO [schema].intent (mapping_id, {Columns})
        SELECT $1, {Columns} FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11) WITH ORDINALITY AS added ({Columns}, place)
        ORDER BY place
        ON CONFLICT (mapping_id, id) DO UPDATE
        SET target = excluded.target, kind = excluded.kind, target_id = excluded.target_id,
            source_id = excluded.source_id, journaled_on = excluded.journaled_on,
            base_shape_id = excluded.base_shape_id, outcome = excluded.outcome,
            business_key = excluded.business_key, send_before = excluded.send_before
        """;

    public static async Task<IReadOnlyList<Intent>> ListAsync(
        StoreConnection connection, BaseShapes shapes, MappingKey key, CancellationToken cancellationToken)
    {
        var rows = await connection.ListAsync(
            new Statement(
                $"""
                SELECT {Columns}, mapping_id FROM [schema].intent
                WHERE mapping_id = {MappingTable.IdOfKey} ORDER BY sequence
                """)
                .Key(key),
            StoredIntent.Read,
            cancellationToken).ConfigureAwait(false);
        await shapes.LoadAsync(connection, rows.Select(row => row.ShapeId), cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(row => row.ToIntent(connection, shapes));
    }

    public static IEnumerable<Statement> Remove(long mapping, IReadOnlyCollection<Guid> ids)
    {
        if (ids.Count > 0)
        {
            yield return new Statement("DELETE FROM [schema].intent WHERE mapping_id = $1 AND id = any($2)")
                .Number(mapping).Ids(ids);
        }
    }

    public static IEnumerable<Statement> Save(
        StoreConnection connection, long mapping, IReadOnlyCollection<Intent> entries, ShapeIds shapes)
    {
        if (entries.Count == 0)
        {
            yield break;
        }

        var intents = Latest.Of(entries, intent => intent.Id);
        yield return new Statement(Upsert)
            .Number(mapping)
            .Ids(intents, intent => intent.Id)
            .Numbers(intents, intent => (long)intent.Target)
            .Numbers(intents, intent => (long)intent.Kind)
            .Ids(intents, intent => intent.TargetId)
            .Ids(intents, intent => intent.SourceId)
            .Instants(intents, intent => intent.JournaledOn)
            .Numbers(intents, intent => shapes.Of(intent.Outcome))
            .Blobs(intents, intent => PackOutcome(connection, mapping, intent, shapes))
            .Blobs(intents, intent => PackBusinessKey(connection, mapping, intent))
            .Instants(intents, intent => intent.SendBefore);
    }

    private static byte[]? PackOutcome(StoreConnection connection, long mapping, Intent intent, ShapeIds shapes) =>
        intent.Outcome is { } outcome
            ? connection.Protect(outcome.Pack(), ValueSlot.OfOutcome(mapping, intent.Id, shapes.Of(outcome)))
            : null;

    // Bytes rather than text, because an encrypted key is not text.
    private static byte[]? PackBusinessKey(StoreConnection connection, long mapping, Intent intent) =>
        intent.BusinessKey is { } key
            ? connection.Protect(Encoding.UTF8.GetBytes(key), ValueSlot.OfBusinessKey(mapping, intent.Id))
            : null;
}
