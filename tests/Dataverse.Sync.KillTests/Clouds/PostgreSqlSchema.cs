using Npgsql;

namespace Dataverse.Sync.KillTests;

/// <summary>A schema for a coupling store, which is dropped when the test ends, on the server that <see cref="Variable"/> names.</summary>
internal sealed class PostgreSqlSchema : IAsyncDisposable
{
    /// <summary>The variable that names a server. <c>.ci/postgres start</c> starts one and prints its connection string.</summary>
    public const string Variable = "DATAVERSE_SYNC_POSTGRES";

    /// <summary>The connection string; null if no server is named.</summary>
    public static string? ConnectionString { get; } =
        Environment.GetEnvironmentVariable(Variable) is { } named && !string.IsNullOrWhiteSpace(named) ? named : null;

    public string Name { get; } = $"kill_{Guid.NewGuid():N}";

    public async ValueTask DisposeAsync()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString!);
        await using var command = source.CreateCommand($"DROP SCHEMA IF EXISTS {Name} CASCADE");
        _ = await command.ExecuteNonQueryAsync();
    }
}
