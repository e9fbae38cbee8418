using Npgsql;

namespace Dataverse.Sync.PostgreSql.Tests;

/// <summary>The server of the tests. <c>.ci/postgres start</c> starts one and prints its connection string.</summary>
internal static class TestServer
{
    public const string Variable = "DATAVERSE_SYNC_POSTGRES";

    /// <summary>Few enough for many tests at once, although each store has a pool of its own.</summary>
    private const int PoolSize = 8;

    private static readonly string? Named = Environment.GetEnvironmentVariable(Variable);

    public static bool IsNamed => !string.IsNullOrWhiteSpace(Named);

    public static string ConnectionString { get; } = new NpgsqlConnectionStringBuilder(Named ?? string.Empty)
    {
        MaxPoolSize = PoolSize,
        Timeout = 60,
    }.ConnectionString;
}
