namespace Dataverse.Sync.PostgreSql;

/// <summary>The table of the differences between mappings and their defaults.</summary>
internal static class OverrideTable
{
    private const string Insert =
        """
        INSERT INTO [schema].mapping_override (scope, mapping, version, document, changed_on) VALUES ($1, $2, $3 + 1, $4, $5)
        ON CONFLICT (scope, mapping) DO NOTHING RETURNING version
        """;

    private const string Update =
        """
        UPDATE [schema].mapping_override SET version = version + 1, document = $4, changed_on = $5
        WHERE scope = $1 AND mapping = $2 AND version = $3 RETURNING version
        """;

    public static Task<List<StoredOverride>> ListAsync(
        StoreConnection connection, string scope, CancellationToken cancellationToken) =>
        connection.ListAsync(
            new Statement(
                """
                SELECT mapping, version, document, changed_on FROM [schema].mapping_override
                WHERE scope = $1 ORDER BY mapping
                """)
                .Text(scope),
            row => new StoredOverride
            {
                Mapping = row.Text(0),
                Version = row.Int64(1),
                Document = row.TextOrNull(2),
                ChangedOn = row.Instant(3),
            },
            cancellationToken);

    /// <summary>Stores an override with the next version; false if the stored one has another version.</summary>
    public static async Task<bool> TrySaveAsync(
        StoreConnection connection, string scope, StoredOverride change, CancellationToken cancellationToken) =>
        await connection.FirstOrDefaultAsync(
            new Statement(change.Version == 0 ? Insert : Update)
                .Text(scope).Text(change.Mapping).Number(change.Version).Text(change.Document).Instant(change.ChangedOn),
            row => row.Int64(0) > 0,
            cancellationToken).ConfigureAwait(false);
}
