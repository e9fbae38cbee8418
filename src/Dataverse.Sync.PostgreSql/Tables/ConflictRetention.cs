using Dataverse.Sync.Shared;

namespace Dataverse.Sync.PostgreSql;

/// <summary>Removes the values of conflicts that were decided long ago.</summary>
internal static class ConflictRetention
{
    // Bounds the time for which the start of a run holds its locks. What another engine is working on is left to it.
    private const string ListExpired =
        """
        SELECT id, kind, local_id, integration_id, fields, detected_on, resolution, resolved_on, has_values, reason, mapping_id
        FROM [schema].conflict
        WHERE resolution <> 0 AND has_values AND coalesce(resolved_on, detected_on) <= $1
        ORDER BY coalesce(resolved_on, detected_on) LIMIT 1000 FOR UPDATE SKIP LOCKED
        """;

    private const string Remove =
        """
        UPDATE [schema].conflict AS old SET fields = removed.fields, has_values = false
        FROM unnest($1, $2, $3) AS removed (mapping_id, id, fields)
        WHERE old.id = any($2) AND old.mapping_id = removed.mapping_id AND old.id = removed.id
        """;

    /// <summary>Removes the values of conflicts that were decided by a point in time, the oldest first.</summary>
    public static async Task RunAsync(
        StoreConnection connection, DateTimeOffset decidedBy, CancellationToken cancellationToken)
    {
        var expired = await connection.ListAsync(
            new Statement(ListExpired).Instant(decidedBy),
            row => (Mapping: row.Int64(10), Id: row.Guid(0), Fields: WithoutValues(connection, row)),
            cancellationToken).ConfigureAwait(false);
        if (expired.Count > 0)
        {
            var statement = new Statement(Remove)
                .Numbers(expired, conflict => conflict.Mapping)
                .Ids(expired, conflict => conflict.Id)
                .Blobs(expired, conflict => conflict.Fields);
            await connection.RunAsync([statement], cancellationToken).ConfigureAwait(false);
        }
    }

    // A conflict that cannot be read must not keep its values, or the runs from starting.
    private static byte[] WithoutValues(StoreConnection connection, Row row)
    {
        try
        {
            return ConflictTable.Pack(connection, row.Int64(10), ConflictTable.Read(connection, row).RemoveValues());
        }
        catch (FormatException)
        {
            return connection.Protect(FieldConflictCodec.Write([]), ValueSlot.OfConflict(row.Int64(10), row.Guid(0)));
        }
    }
}
