using Npgsql;

namespace Dataverse.Sync.Benchmarks.HandWritten;

/// <summary>
/// One PostgreSQL table with the columns and indexes of stored couplings, written to by one insert of arrays per page and nothing else: no lease,
/// no shapes, no check of what was there before.
/// </summary>
internal sealed class BarePostgresTable(NpgsqlDataSource source, string schema)
{
    private readonly string script =
        $"""
        CREATE SCHEMA {schema};
        CREATE TABLE {schema}.coupling (
            mapping_id bigint NOT NULL, local_id uuid NOT NULL, integration_id uuid NOT NULL, local_version bigint NOT NULL,
            integration_version bigint NOT NULL, synchronized_on bigint, base_shape_id bigint, base bytea);
        CREATE UNIQUE INDEX coupling_local ON {schema}.coupling (mapping_id, local_id);
        CREATE UNIQUE INDEX coupling_integration ON {schema}.coupling (mapping_id, integration_id);
        """;

    private readonly string insert =
        $"""
        INSERT INTO {schema}.coupling (mapping_id, local_id, integration_id, local_version, integration_version, synchronized_on, base_shape_id, base)
        SELECT 1, l, i, lv, iv, s, 1, b FROM unnest($1, $2, $3, $4, $5, $6) AS added (l, i, lv, iv, s, b)
        """;

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(script);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Inserts a page in one transaction.</summary>
    public async Task InsertAsync(BarePage page, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(insert, connection);
        object[] columns = [page.LocalIds, page.IntegrationIds, page.LocalVersions, page.IntegrationVersions, page.SynchronizedOn, page.Bases];
        foreach (var column in columns)
        {
            command.Parameters.Add(new() { Value = column });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
