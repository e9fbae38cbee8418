using CsCheck;
using Dataverse.Sync.Conformance;
using Microsoft.Data.Sqlite;
using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>Whatever a column holds: reading it gives rows or says that the file is damaged.</summary>
public sealed class DamagedColumnTests : IDisposable
{
    private static readonly string[] Values =
    [
        "NULL", "-1", "0", "255", "256", "2147483648", "-9223372036854775808", "9223372036854775807", "1.5", "9e999",
        "''", "'text'", "X''", "X'00'", "X'FF'", "X'FFFFFFFF7F'", "X'01FFFFFFFF0F'",
        "zeroblob(16)", "zeroblob(15)", "randomblob(16)", "randomblob(100)", "zeroblob(1000)",
        "'[]'", "'{}'", "'[1]'", "'[null]'", "'[\"CUSTOMER\"'", "'[\"\\ud800\"]'",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Reading_of_any_column_with_any_value_ends_in_rows_or_one_kind_of_error()
    {
        var whole = folder.File("whole.db");
        var columns = await CreateAsync(whole);
        var number = 0;

        await Gen.Select(Gen.Int[0, columns.Count - 1], Gen.Int[0, Values.Length - 1]).SampleAsync(
            async (column, value) =>
            {
                var path = folder.File($"{Interlocked.Increment(ref number)}.db");
                File.Copy(whole, path);
                if (TryDamage(path, columns[column], Values[value]))
                {
                    await ReadAsync(path);
                }
            },
            threads: 1);
    }

    [Fact]
    public async Task Number_that_is_too_large_for_its_field_is_corrupt()
    {
        _ = await CreateAsync(folder.File());
        TryDamage(folder.File(), ("failure", "attempts"), "2147483648").Should().BeTrue();
        await using var store = TestStores.Open(folder.File());

        var list = () => store.ListFailuresAsync(Customers, default).ToListAsync().AsTask();

        (await list.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.Corrupt);
    }

    [Theory]
    [InlineData("state", "6")]
    [InlineData("state_before", "255")]
    [InlineData("last_job_id", "X'00'")]
    [InlineData("ownership_duration", "-1")]
    public async Task Job_queue_entry_that_no_version_wrote_is_corrupt(string column, string value)
    {
        _ = await CreateAsync(folder.File());
        TryDamage(folder.File(), ("job_queue_entry", column), value).Should().BeTrue();
        await using var store = TestStores.Open(folder.File());

        var read = () => store.ReadEntriesAsync(Customers.Scope, default).AsTask();

        (await read.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.Corrupt);
    }

    [Theory]
    [InlineData("'CUSTOMER'")]
    [InlineData("'[]'")]
    [InlineData("'[\"CUSTOMER\", null]'")]
    [InlineData("'[\"\\ud800\"]'")]
    [InlineData("X'5BFF'")]
    public async Task Awaited_mappings_that_are_no_list_of_names_are_corrupt(string value)
    {
        _ = await CreateAsync(folder.File());
        TryDamage(folder.File(), ("failure", "awaited_mappings"), value).Should().BeTrue();
        await using var store = TestStores.Open(folder.File());

        var list = () => store.ListFailuresAsync(Customers, default).ToListAsync().AsTask();

        (await list.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.Corrupt);
    }

    private static async Task ReadAsync(string path)
    {
        await using var store = TestStores.Open(path);
        Func<Task>[] reads =
        [
            () => store.ListAsync(),
            async () => _ = await store.FindAsync(Customers, SyncSide.Integration, [IntegrationId(1)], default),
            async () => _ = await store.ReadStateAsync(Customers, default),
            async () => _ = await store.ListIntentsAsync(Customers, default),
            async () => _ = await store.ListFailuresAsync(Customers, default).ToListAsync(),
            async () => _ = await store.ListConflictsAsync(Customers, includeResolved: true, default).ToListAsync(),
            async () => _ = await Log(store).ListAsync(Customers.Scope, null, 10, default),
            async () => _ = await Log(store).ListErrorsAsync(IntegrationId(1), default),
            async () => _ = await store.ReadOverridesAsync(Customers.Scope, default),
            async () => _ = await store.ReadEntriesAsync(Customers.Scope, default),
            async () => await store.TryAcquireLeaseAsync(Customers, "another", TimeSpan.FromMinutes(1), default),
        ];
        foreach (var read in reads)
        {
            try
            {
                await read();
            }
            catch (CouplingStoreException failure)
            {
                failure.Failure.Should().BeOneOf(
                    CouplingStoreFailure.Corrupt, CouplingStoreFailure.Unavailable, CouplingStoreFailure.WrongKey);
            }
        }
    }

    private static async Task<List<(string Table, string Column)>> CreateAsync(string path)
    {
        await using (var store = TestStores.Open(path))
        {
            await store.CommitAsync(new()
            {
                Lease = await store.LeaseAsync(),
                Couplings = Pairs(1, 3),
                Intents = [Intent(1)],
                Failures = [Failure(1) with { NextTryOn = Start, Awaited = new("CONTACT", new(SyncSide.Local, LocalId(2))) }],
                Conflicts = [Conflict(1)],
                State = new() { Local = new("position"), Integration = new("another"), LocalKeysScannedOn = Start },
            });
            await Log(store).SaveAsync(
                new()
                {
                    Id = IntegrationId(1),
                    Key = Customers,
                    Kind = SyncJobKind.Full,
                    Direction = SyncDirection.Bidirectional,
                    StartedOn = Start,
                    FinishedOn = Start,
                    Message = "ended",
                },
                default);
            _ = await store.TrySaveOverrideAsync(
                Customers.Scope, new() { Mapping = "CUSTOMER", Version = 0, Document = "{}", ChangedOn = Start }, default);
            _ = await store.TrySaveEntryAsync(
                Customers.Scope,
                new()
                {
                    Name = "CUSTOMER",
                    Mapping = "CUSTOMER",
                    Version = 0,
                    EarliestStartOn = Start,
                    StateBefore = JobQueueEntryState.OnHold,
                    LastJobId = IntegrationId(1),
                    OwnershipDuration = TimeSpan.FromMinutes(1),
                },
                default);
            await Log(store).AddErrorsAsync(
                [new(IntegrationId(1), new(SyncSide.Local, LocalId(1)), Start, new("code", "message", "field"))], default);
        }

        return [.. Columns(path)];
    }

    private static IEnumerable<(string Table, string Column)> Columns(string path)
    {
        using var connection = Connect(path);
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'
            """;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return (reader.GetString(0), reader.GetString(1));
        }
    }

    // A value that the schema itself refuses cannot be there.
    private static bool TryDamage(string path, (string Table, string Column) place, string value)
    {
        using var connection = Connect(path);
        using var command = connection.CreateCommand();
        command.CommandText =
            $"UPDATE {place.Table} SET {place.Column} = {value} WHERE rowid = (SELECT min(rowid) FROM {place.Table})";
        try
        {
            return command.ExecuteNonQuery() > 0;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static ISyncJobLog Log(SqliteCouplingStore store) => store;

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        return connection;
    }
}
