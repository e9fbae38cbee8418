using Npgsql;

namespace Dataverse.Sync.PostgreSql.Tests;

/// <summary>A schema of the test's own, which is dropped when the test ends, and the stores in it.</summary>
internal sealed class TestSchema : IAsyncDisposable
{
    private readonly NpgsqlDataSource admin = NpgsqlDataSource.Create(TestServer.ConnectionString);
    private readonly List<PostgreSqlCouplingStore> stores = [];

    public string Name { get; } = $"test_{Guid.NewGuid():N}";

    /// <summary>Settings of a store in the schema. Its sessions are named after the schema.</summary>
    public PostgreSqlCouplingStoreOptions Options(string more = "") =>
        new() { ConnectionString = $"{TestServer.ConnectionString};Application Name={Name};{more}", Schema = Name };

    /// <summary>A store that lives until the test ends.</summary>
    public PostgreSqlCouplingStore Open(
        TimeProvider? time = null, PostgreSqlCouplingStoreOptions? options = null, IReadOnlyList<SchemaStep>? steps = null)
    {
        var store = new PostgreSqlCouplingStore(options ?? Options(), new StoreClock(time), steps ?? CouplingSchema.Steps);
        stores.Add(store);
        return store;
    }

    /// <summary>Runs a statement that names tables as <c>[schema].table</c>, and returns the first value.</summary>
    public async Task<object?> RunAsync(string sql)
    {
        await using var command = admin.CreateCommand(new SchemaName(Name).Qualify(sql));
        return await command.ExecuteScalarAsync();
    }

    /// <summary>A connection of another program.</summary>
    public async Task<NpgsqlConnection> ConnectAsync() => await admin.OpenConnectionAsync();

    /// <summary>Ends the sessions of the stores, as a restart of the server does, and returns how many there were.</summary>
    public async Task<long> EndSessionsAsync() => (long)(await RunAsync(
        $"SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE application_name = '{Name}'"))!;

    /// <summary>Waits until a session of a store waits for a lock.</summary>
    public async Task UntilBlockedAsync()
    {
        var query = $"SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = '{Name}' AND wait_event_type = 'Lock')";
        while (!(bool)(await RunAsync(query))!)
        {
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }

        _ = await RunAsync("DROP SCHEMA IF EXISTS [schema] CASCADE");
        await admin.DisposeAsync();
    }
}
