using System.Text;
using Dataverse.Sync.Shared;
using Microsoft.Data.Sqlite;
using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>Files that earlier versions wrote are opened, and nothing in them is lost.</summary>
public sealed class MigrationTests : IDisposable
{
    private const string QuotedName = "A \"quoted\", \\ and | name 😀";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task File_of_version_1_keeps_everything_it_contains()
    {
        await using var store = await OpenAsync("version-1.sql");

        await ShouldHaveWhatBothVersionsStoreAsync(store);
        (await FailuresAsync(store)).Should().Equal(Failure(1));
        (await ConflictsAsync(store)).Should().BeEquivalentTo([Conflict(1)]);
        (await ErrorsAsync(store)).Should().Equal(Transient);
    }

    [Theory]
    [InlineData("version-2.sql")]
    [InlineData("version-3.sql")]
    [InlineData("version-4.sql")]
    [InlineData("version-5.sql")]
    [InlineData("version-6.sql")]
    [InlineData("version-7.sql")]
    [InlineData("version-8.sql")]
    [InlineData("version-9.sql")]
    [InlineData("version-10.sql")]
    [InlineData("version-11.sql")]
    public async Task File_of_version_2_to_11_keeps_everything_it_contains(string script)
    {
        await using var store = await OpenAsync(script);

        await ShouldHaveWhatBothVersionsStoreAsync(store);
        (await FailuresAsync(store)).Should().Equal(
            Failure(1) with { LastFailedOn = Start.AddMinutes(2), Version = 7 },
            Waiting(2, "The customer is not coupled yet.", "customerId", ["CUSTOMER"]) with { Version = 4 },
            Waiting(3, "The account is not coupled yet.", "accountId", ["CUSTOMER", "VENDOR", "CUSTOMER|VENDOR"]),
            Waiting(4, "The salesperson is not coupled yet.", "ownerId", ["SALES", "PEOPLE", "SALES|PEOPLE"]) with { JobId = LocalId(1) },
            Waiting(5, "The owner is not coupled yet.", "ownerId", ["A \"quoted\", \\ and ", " name 😀", QuotedName]) with { NextTryOn = null },
            Failure(6) with { Error = KeptChanging(null), Attempts = 3, LastFailedOn = Start.AddMinutes(7), Version = long.MaxValue });
        (await ConflictsAsync(store)).Should().BeEquivalentTo(
            [Conflict(1), Conflict(2) with { Resolution = ConflictResolution.LocalWon, ResolvedOn = Start.AddMinutes(5) }]);
        (await ErrorsAsync(store)).Should().Equal(
            Transient,
            new SyncJobError(LocalId(1), new(SyncSide.Integration, IntegrationId(6)), Start.AddMinutes(2), KeptChanging("email")));
    }

    [Fact]
    public async Task File_of_version_9_keeps_its_overrides_and_has_no_job_queue_entries()
    {
        await using var store = await OpenAsync("version-9.sql");

        (await store.ReadOverridesAsync(Customers.Scope, default)).Should().Equal(new StoredOverride
        {
            Mapping = "VENDOR",
            Version = 3,
            Document = "{\"version\":1,\"changes\":{\"isEnabled\":false}}",
            ChangedOn = Start,
        });
        (await store.ReadEntriesAsync(Customers.Scope, default)).Should().BeEmpty();
        var entry = new StoredJobQueueEntry { Name = "VENDOR", Mapping = "VENDOR", Version = 0 };
        (await store.TrySaveEntryAsync(Customers.Scope, entry, default)).Should().BeTrue();
    }

    [Fact]
    public async Task File_of_version_10_keeps_its_job_queue_entries()
    {
        await using var store = await OpenAsync("version-10.sql");
        var entry = new StoredJobQueueEntry
        {
            Name = "VENDOR",
            Mapping = "VENDOR",
            Version = 7,
            State = JobQueueEntryState.InProcess,
            Attempts = 2,
            StateBefore = JobQueueEntryState.OnHold,
            LastStartedOn = Start,
            LastFinishedOn = Start.AddMinutes(-1),
            Message = "It failed.",
            Owner = "a process",
            OwnedUntil = Start.AddMinutes(1),
        };

        (await store.ReadEntriesAsync(Customers.Scope, default)).Should().Equal(entry);
        (await store.TrySaveEntryAsync(Customers.Scope, entry with { OwnershipDuration = TimeSpan.FromMinutes(1) }, default)).Should().BeTrue();
        (await store.ReadEntriesAsync(Customers.Scope, default)).Single().OwnershipDuration.Should().Be(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Journal_of_version_11_keeps_its_order_and_is_settled_entry_by_entry()
    {
        await using var store = await OpenAsync("version-11.sql");
        var insert = Intent(1) with
        {
            Id = Intent(2).Id,
            Target = SyncSide.Local,
            TargetId = LocalId(1),
            SourceId = IntegrationId(1),
            Kind = WriteKind.Update,
            JournaledOn = Start.AddTicks(2),
            SendBefore = Start.AddMinutes(1),
            Outcome = null,
            BusinessKey = null,
        };
        var deletion = insert with
        {
            Id = Intent(3).Id,
            Target = SyncSide.Integration,
            Kind = WriteKind.Delete,
            TargetId = IntegrationId(2),
            SourceId = LocalId(2),
            JournaledOn = Start.AddTicks(3),
        };
        (await store.ListIntentsAsync(Customers, default)).Should().Equal(Intent(1), insert, deletion);

        var lease = (await store.TryAcquireLeaseAsync(Customers, "test", TimeSpan.FromHours(1), default))!;
        await store.CommitAsync(new() { Lease = lease, Intents = [Intent(4)], RemovedIntents = [insert.Id] }, default);

        (await store.ListIntentsAsync(Customers, default)).Should().Equal(Intent(1), deletion, Intent(4));
        Count("SELECT count(*) FROM earlier_intent").Should().Be(0);
    }

    [Fact]
    public async Task Encrypted_journal_of_version_11_is_moved_when_the_key_is_known()
    {
        var key = CouplingFileKey.FromBytes(new byte[CouplingFileKey.Length]);
        var options = new SqliteCouplingStoreOptions { Path = folder.File(), EncryptionKey = key };
        await CreateAsync("version-11.sql", "DELETE FROM intent");
        await using (var encrypted = new SqliteCouplingStore(options))
        {
            (await encrypted.ListIntentsAsync(Customers, default)).Should().BeEmpty();
        }

        InsertEncryptedAsVersion11(Intent(1), key);

        await using var store = new SqliteCouplingStore(options);
        (await store.ListIntentsAsync(Customers, default)).Should().Equal(Intent(1));
        Count("SELECT count(*) FROM earlier_intent").Should().Be(0);
    }

    [Theory]
    [InlineData("SELECT id FROM intent")]
    [InlineData("INSERT INTO intent (mapping_id, id, target, kind, target_id, source_id, journaled_on) VALUES (1, X'01', 0, 0, X'01', X'01', 0)")]
    public async Task Process_of_version_11_that_has_the_file_open_cannot_journal_anymore(string statement)
    {
        await CreateAsync("version-11.sql", "");
        await using var earlier = Connect(folder.File());
        await using var store = TestStores.Open(folder.File());
        _ = await store.CountAsync(Customers, default);
        await using var command = earlier.CreateCommand();
        command.CommandText = statement;

        var use = () => command.ExecuteNonQuery();

        use.Should().Throw<SqliteException>().WithMessage("*no such table: intent*");
    }

    [Fact]
    public async Task Couplings_of_several_mappings_of_version_11_are_listed_by_mapping()
    {
        const string Rows =
            """
            INSERT INTO mapping (id, scope, name, lease_token, lease_expires_on) VALUES (2, 'cronus', 'VENDOR', 0, 0), (3, 'cronus', 'CONTACT', 0, 0);
            WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
            INSERT INTO coupling (mapping_id, local_id, integration_id, local_version, integration_version)
            SELECT 1 + i % 2, randomblob(16), randomblob(16), i, i FROM n;
            """;
        await CreateAsync("version-11.sql", Rows);
        await using var store = TestStores.Open(folder.File());

        var customers = await ListedAsync(store, Customers.Mapping);
        var vendors = await ListedAsync(store, "VENDOR");

        customers.Should().HaveCount(2 + 2_999).And.OnlyHaveUniqueItems();
        vendors.Should().HaveCount(2_999).And.OnlyHaveUniqueItems().And.OnlyContain(pair => pair.LocalVersion % 2 == 1);
        (await ListedAsync(store, "CONTACT")).Should().BeEmpty();
        (await store.CountAsync(Customers with { Mapping = "VENDOR" }, default)).Should().Be(2_999);
    }

    // A mapping whose name contains a bar finds its dependents among those that wait for the whole name.
    [Theory]
    [InlineData("CUSTOMER|VENDOR", "VENDOR")]
    [InlineData("SALES|PEOPLE", "SALES|PEOPLE")]
    [InlineData("\\|\"|'", "\\|\"|'")]
    [InlineData("A|", "A")]
    [InlineData("|", "|")]
    [InlineData("", "")]
    public async Task Awaited_mappings_of_version_2_contain_each_name_that_was_meant(string joined, string name)
    {
        var literal = $"'{joined.Replace("'", "''", StringComparison.Ordinal)}'";
        await CreateAsync("version-2.sql", $"UPDATE failure SET awaited_mapping = {literal} WHERE awaited_id IS NOT NULL");
        await using var store = TestStores.Open(folder.File());

        (await FailuresAsync(store))[1].Awaited!.Mappings.Should().Contain(name);
    }

    [Theory]
    [InlineData("X'FF7C22'")]
    [InlineData("zeroblob(3)")]
    [InlineData("char(0) || '|' || char(0)")]
    [InlineData("17.5")]
    public async Task Awaited_mapping_of_version_2_that_no_version_wrote_does_not_keep_the_file_closed(string value)
    {
        await CreateAsync("version-2.sql", $"UPDATE failure SET awaited_mapping = {value} WHERE awaited_id IS NOT NULL");
        await using var store = TestStores.Open(folder.File());

        (await store.ListAsync()).Should().HaveCount(2);
        (await FailuresAsync(store)).Should().HaveCount(6);
    }

    [Theory]
    [InlineData("version-1.sql")]
    [InlineData("version-2.sql")]
    [InlineData("version-3.sql")]
    [InlineData("version-4.sql")]
    [InlineData("version-5.sql")]
    [InlineData("version-6.sql")]
    [InlineData("version-7.sql")]
    [InlineData("version-8.sql")]
    [InlineData("version-9.sql")]
    [InlineData("version-10.sql")]
    [InlineData("version-11.sql")]
    public async Task Migrated_file_has_the_tables_of_a_new_one(string script)
    {
        await using (await OpenAsync(script))
        {
            await TestStores.CreateAsync(folder.File("new.db"), couplings: 0);
        }

        Columns(folder.File()).Should().BeEquivalentTo(Columns(folder.File("new.db"))).And.NotBeEmpty();
    }

    private static SyncJobError Transient { get; } =
        new(LocalId(1), new(SyncSide.Local, LocalId(1)), Start, new(SyncErrorCodes.Transient, "The service was busy."));

    // Version 2 called the code "KeptChanging".
    private static SyncError KeptChanging(string? field) =>
        new(SyncErrorCodes.ConcurrentModification, "The record was changed during every attempt.", field);

    private static RecordFailure Waiting(int number, string message, string field, string[] mappings) => Failure(number) with
    {
        State = RecordFailureState.Waiting,
        Error = new(SyncErrorCodes.ReferenceNotCoupled, message, field),
        LastFailedOn = Start.AddMinutes(number + 1),
        NextTryOn = Start.AddMinutes(9),
        Awaited = new(mappings, new(SyncSide.Local, LocalId(number + 10))),
    };

    private static async Task ShouldHaveWhatBothVersionsStoreAsync(SqliteCouplingStore store)
    {
        (await store.ListAsync()).Should().BeEquivalentTo([Pair(1), Pair(2) with { Base = null, SynchronizedOn = null }]);
        (await store.ListIntentsAsync(Customers, default))[0].Should().Be(Intent(1));
        (await store.ReadStateAsync(Customers, default)).Should().Be(new MappingState { Local = new("position") });
        (await ((ISyncJobLog)store).ListAsync(Customers.Scope, null, 10, default)).Should().ContainSingle()
            .Which.Counters.Inserted.Should().Be(2);
    }

    private static async Task<List<CouplingVersions>> ListedAsync(SqliteCouplingStore store, string mapping) =>
        [.. await store.ListVersionsAsync(Customers with { Mapping = mapping }, default).SelectMany(page => page).ToListAsync()];

    private static Task<List<RecordFailure>> FailuresAsync(SqliteCouplingStore store) =>
        store.ListFailuresAsync(Customers, default).ToListAsync().AsTask();

    private static Task<List<RecordConflict>> ConflictsAsync(SqliteCouplingStore store) =>
        store.ListConflictsAsync(Customers, includeResolved: true, default).ToListAsync().AsTask();

    private static async Task<IReadOnlyList<SyncJobError>> ErrorsAsync(SqliteCouplingStore store) =>
        await ((ISyncJobLog)store).ListErrorsAsync(LocalId(1), default);

    private void InsertEncryptedAsVersion11(Intent intent, CouplingFileKey key)
    {
        using var connection = FileConnection.Open(folder.File(), TimeSpan.FromSeconds(1));
        using var cipher = new ValueCipher(key.ForFile(FileTable.Read(connection).Identity.ToByteArray(), mayCreate: false));
        _ = connection.Prepared("INSERT INTO earlier_intent VALUES (1, 1, ?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8, NULL)")
            .Bind(1, intent.Id)
            .Bind(2, (long)intent.Target)
            .Bind(3, (long)intent.Kind)
            .Bind(4, intent.TargetId)
            .Bind(5, intent.SourceId)
            .Bind(6, intent.JournaledOn)
            .Bind(7, cipher.Encrypt(intent.Outcome!.Pack(), ValueSlot.OfOutcome(1, intent.Id, 1)).AsSpan())
            .Bind(8, cipher.Encrypt(Encoding.UTF8.GetBytes(intent.BusinessKey!), ValueSlot.OfBusinessKey(1, intent.Id)).AsSpan())
            .Execute();
    }

    private long Count(string sql)
    {
        using var connection = Connect(folder.File());
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static List<string> Columns(string path)
    {
        using var connection = Connect(path);
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT m.type || ' ' || m.name || ' ' || ifnull(c.name || ' ' || c.type || ' ' || c."notnull", '')
            FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) c
            """;
        using var reader = command.ExecuteReader();
        return [.. reader.Cast<System.Data.Common.DbDataRecord>().Select(row => row.GetString(0))];
    }

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        return connection;
    }

    private async Task<SqliteCouplingStore> OpenAsync(string script)
    {
        await CreateAsync(script, "");
        var store = TestStores.Open(folder.File());
        _ = await store.CountAsync(Customers, default);
        return store;
    }

    private async Task CreateAsync(string script, string change)
    {
        await using var connection = Connect(folder.File());
        await using var command = connection.CreateCommand();
        command.CommandText = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Schema", script)) + change;
        _ = await command.ExecuteNonQueryAsync();
    }
}
