using Dataverse.Sync.Shared;

namespace Dataverse.Sync.PostgreSql;

/// <summary>The table of scopes: the systems to which they belong, and the integration tables that they use.</summary>
internal static class ScopeTable
{
    public static async Task<ScopeRegister> ReadAsync(StoreConnection connection, CancellationToken cancellationToken)
    {
        // Before the scopes, so that one that is stored in between counts as a change.
        var revision = await connection.FirstOrDefaultAsync(
            new Statement("SELECT scope_revision FROM [schema].coupling_store"), row => row.Int64(0), cancellationToken)
            .ConfigureAwait(false);
        var mappings = await ReadMappingsAsync(connection, cancellationToken).ConfigureAwait(false);
        var coupled = mappings.ToLookup(item => item.Scope, item => item.Mapping, StringComparer.Ordinal);
        var registered = await connection.ListAsync(
            new Statement(
                """
                SELECT name, local_id, integration_id, local_identity, integration_identity, tables
                FROM [schema].scope ORDER BY name
                """),
            Read,
            cancellationToken).ConfigureAwait(false);
        var unknown = coupled.Select(group => group.Key).Except(registered.Select(scope => scope.Name));
        IEnumerable<RegisteredScope> all =
            [.. registered, .. unknown.Select(name => new RegisteredScope { Name = name })];
        return new(revision, [.. all.Select(scope => scope with { Mappings = [.. coupled[scope.Name]] })]);
    }

    /// <summary>Stores a scope; false if the register has another revision.</summary>
    public static async Task<bool> TrySaveAsync(
        StoreConnection connection, RegisteredScope scope, long revision, CancellationToken cancellationToken)
    {
        var isCurrent = await connection.FirstOrDefaultAsync(
            new Statement(
                """
                UPDATE [schema].coupling_store SET scope_revision = scope_revision + 1
                WHERE scope_revision = $1 RETURNING true
                """)
                .Number(revision),
            row => row.Boolean(0),
            cancellationToken).ConfigureAwait(false);
        if (isCurrent)
        {
            await connection.RunAsync([Save(scope)], cancellationToken).ConfigureAwait(false);
        }

        return isCurrent;
    }

    private static Statement Save(RegisteredScope scope) => new Statement(
        """
        INSERT INTO [schema].scope (name, local_id, integration_id, local_identity, integration_identity, tables)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (name) DO UPDATE
        SET local_id = excluded.local_id, integration_id = excluded.integration_id,
            local_identity = excluded.local_identity, integration_identity = excluded.integration_identity,
            tables = excluded.tables
        """)
        .Text(scope.Name)
        .Text(scope.LocalId).Text(scope.IntegrationId)
        .Text(scope.LocalIdentity).Text(scope.IntegrationIdentity)
        .Text(Write(scope.Tables));

    private static Task<List<(string Scope, string Mapping)>> ReadMappingsAsync(
        StoreConnection connection, CancellationToken cancellationToken) =>
        connection.ListAsync(
            new Statement(
                """
                SELECT scope, name FROM [schema].mapping
                WHERE EXISTS (SELECT 1 FROM [schema].coupling WHERE coupling.mapping_id = mapping.id) ORDER BY name
                """),
            row => (row.Text(0), row.Text(1)),
            cancellationToken);

    private static RegisteredScope Read(Row row) => new()
    {
        Name = row.Text(0),
        LocalId = row.TextOrNull(1),
        IntegrationId = row.TextOrNull(2),
        LocalIdentity = row.TextOrNull(3),
        IntegrationIdentity = row.TextOrNull(4),
        Tables = ReadTables(row.TextOrNull(5)),
    };

    // Names of tables and companies take turns.
    private static string? Write(IReadOnlyList<RegisteredTable> tables) => tables.Count == 0
        ? null
        : NameListCodec.Write([.. tables.SelectMany(table => new[] { table.Name, table.Company ?? string.Empty })]);

    private static IReadOnlyList<RegisteredTable> ReadTables(string? json) => json is null
        ? []
        :
        [
            .. NameListCodec.Read(json).Chunk(2).Select(pair => pair is [var name, var company]
                ? new RegisteredTable(name, company.Length == 0 ? null : company)
                : throw new FormatException("A stored list of tables is malformed.")),
        ];
}
