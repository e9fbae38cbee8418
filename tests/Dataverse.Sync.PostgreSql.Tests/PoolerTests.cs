using Npgsql;
using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.PostgreSql.Tests;

/// <summary>A pooler in transaction mode gives the session to somebody else after every transaction.</summary>
[NeedsServer]
public sealed class PoolerTests : IAsyncLifetime
{
    private readonly TestSchema schema = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await schema.DisposeAsync();

    [Fact]
    public async Task Nothing_stays_in_the_session()
    {
        await using var source = NpgsqlDataSource.Create($"{TestServer.ConnectionString};Maximum Pool Size=1;No Reset On Close=true");
        var store = schema.Open(options: new() { DataSource = source, Schema = schema.Name });
        var lease = await store.LeaseAsync();
        await store.CommitAsync(new() { Lease = lease, Couplings = Pairs(1, 100), Intents = [Intent(1)], Conflicts = [Conflict(1)] });
        _ = await store.ListAsync();
        _ = await store.TrySaveEntryAsync("scope", new() { Name = "CUSTOMER", Mapping = "CUSTOMER", Version = 0 }, default);
        _ = await store.ReadEntriesAsync("scope", default);
        _ = await store.ReadTimeAsync(default);

        (await ReadAsync(source, "SELECT count(*) FROM pg_settings WHERE source = 'session'")).Should().Be(0L);
        (await ReadAsync(source, "SELECT count(*) FROM pg_prepared_statements")).Should().Be(0L);
        (await ReadAsync(source, "SELECT count(*) FROM pg_listening_channels()")).Should().Be(0L);
        (await ReadAsync(source, "SELECT count(*) FROM pg_cursors WHERE name <> ''")).Should().Be(0L);
        (await ReadAsync(source, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")).Should().Be(0L);
        (await ReadAsync(source, "SELECT count(*) FROM pg_class WHERE relpersistence = 't'")).Should().Be(0L);
    }

    [Fact]
    public async Task Data_source_of_the_application_stays_open_when_the_store_is_closed()
    {
        await using var source = NpgsqlDataSource.Create(TestServer.ConnectionString);
        var store = schema.Open(options: new() { DataSource = source, Schema = schema.Name });
        (await store.CountAsync()).Should().Be(0);

        await store.DisposeAsync();

        (await ReadAsync(source, "SELECT 1")).Should().Be(1);
        var late = () => store.CountAsync();
        await late.Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Commits_are_flushed_even_where_the_server_does_not_flush_by_default()
    {
        var store = schema.Open(options: schema.Options("Options=-c synchronous_commit=off;Maximum Pool Size=1"));
        var lease = await store.LeaseAsync();
        _ = await schema.RunAsync(
            """
            CREATE FUNCTION [schema].tell() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
                NEW.local_checkpoint := current_setting('synchronous_commit'); RETURN NEW; END$$
            """);
        _ = await schema.RunAsync("CREATE TRIGGER tell BEFORE UPDATE ON [schema].mapping FOR EACH ROW EXECUTE FUNCTION [schema].tell()");

        await store.CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] });

        (await store.ReadStateAsync(Customers, default)).Local.Should().Be(new Checkpoint("on"));
    }

    private static async Task<object?> ReadAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
