using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite;

/// <summary>The table of scopes: the systems to which they belong, and the integration tables that they use.</summary>
internal static class ScopeTable
{
    public static ScopeRegister Read(FileConnection connection)
    {
        var coupled = ReadMappings(connection).ToLookup(item => item.Scope, item => item.Mapping);
        var registered = connection.Prepared(
            """
            SELECT name, local_id, integration_id, local_identity, integration_identity, tables FROM scope ORDER BY name
            """)
            .List(Read);
        var unknown = coupled.Select(group => group.Key).Except(registered.Select(scope => scope.Name));
        IEnumerable<RegisteredScope> all =
            [.. registered, .. unknown.Select(name => new RegisteredScope { Name = name })];
        return new(
            ReadRevision(connection),
            [.. all.Select(scope => scope with { Mappings = [.. coupled[scope.Name]] })]);
    }

    /// <summary>Stores a scope; false if the register has another revision.</summary>
    public static bool TrySave(FileConnection connection, RegisteredScope scope, long revision)
    {
        if (ReadRevision(connection) != revision)
        {
            return false;
        }

        _ = connection.Prepared(
            """
            INSERT OR REPLACE INTO scope
                (name, local_id, integration_id, local_identity, integration_identity, tables, revision)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """)
            .Bind(1, scope.Name)
            .Bind(2, scope.LocalId).Bind(3, scope.IntegrationId)
            .Bind(4, scope.LocalIdentity).Bind(5, scope.IntegrationIdentity)
            .Bind(6, Write(scope.Tables)).Bind(7, revision + 1)
            .Execute();
        return true;
    }

    private static long ReadRevision(FileConnection connection) =>
        connection.Prepared("SELECT max(revision) FROM scope").FirstOrDefault(row => row.Int64OrNull(0)) ?? 0;

    private static List<(string Scope, string Mapping)> ReadMappings(FileConnection connection) => connection.Prepared(
        """
        SELECT scope, name FROM mapping
        WHERE EXISTS (SELECT 1 FROM coupling WHERE coupling.mapping_id = mapping.id) ORDER BY name
        """)
        .List(row => (row.Text(0), row.Text(1)));

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
