using Npgsql;

namespace Cluster;

/// <summary>A schema for the coupling store, which is dropped at the end: the emulated services end with the sample too.</summary>
internal sealed class StoreSchema : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;

    private StoreSchema(NpgsqlDataSource source) => this.source = source;

    public string Name { get; } = $"cluster_sample_{Guid.NewGuid():N}";

    /// <exception cref="NpgsqlException">The database cannot be used.</exception>
    public static async Task<StoreSchema> CreateAsync(string connectionString, CancellationToken cancellationToken)
    {
        var schema = new StoreSchema(NpgsqlDataSource.Create(connectionString));
        try
        {
            await schema.RunAsync($"CREATE SCHEMA {schema.Name}", cancellationToken);
            return schema;
        }
        catch
        {
            await schema.source.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync($"DROP SCHEMA IF EXISTS {Name} CASCADE", CancellationToken.None);
        await source.DisposeAsync();
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
