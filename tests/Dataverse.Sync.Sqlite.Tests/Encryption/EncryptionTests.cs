using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class EncryptionTests : IDisposable
{
    private static readonly CouplingFileKey Key = CouplingFileKey.FromBytes(Enumerable.Range(0, 32).Select(value => (byte)value).ToArray());
    private static readonly CouplingFileKey Other = CouplingFileKey.FromBytes(new byte[32]);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(Start);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Conflict_values_bases_and_business_keys_are_not_in_an_encrypted_file()
    {
        await using (var store = Open(Key))
        {
            await FillAsync(store);
        }

        Content().Should().NotContain("secret").And.NotContain(Utf16("secret"));
        Bytes().AsSpan().IndexOf(Pair(1).Base!.Pack()).Should().Be(-1);
        Column("SELECT hex(intents) FROM journal").Should().NotContain(Convert.ToHexString("C-secret"u8));
        await using var again = Open(Key);
        await ShouldBeFilledAsync(again);
    }

    [Fact]
    public async Task File_is_readable_without_encryption_by_default()
    {
        await using (var store = Open(null))
        {
            await FillAsync(store);
        }

        Content().Should().Contain(Utf16("secret"));
    }

    [Fact]
    public async Task Plain_file_is_encrypted_when_the_key_is_first_given_and_keeps_nothing_plain()
    {
        await using (var store = Open(null))
        {
            await FillAsync(store);
        }

        await using (var store = Open(Key))
        {
            await ShouldBeFilledAsync(store);
            Content().Should().NotContain(Utf16("secret")).And.NotContain("C-secret");
        }

        Content().Should().NotContain(Utf16("secret")).And.NotContain("C-secret");
        Bytes().AsSpan().IndexOf(Pair(1).Base!.Pack()).Should().Be(-1);
    }

    [Theory]
    [InlineData(false, "is encrypted, and no encryption key was given.")]
    [InlineData(true, "is encrypted with another key than the one that was given.")]
    public async Task Missing_or_wrong_key_is_refused_when_the_file_is_opened(bool given, string reason)
    {
        await using (var store = Open(Key))
        {
            await FillAsync(store);
        }

        await using var wrong = Open(given ? Other : null);
        var open = () => wrong.CountAsync(Customers, default).AsTask();

        var error = (await open.Should().ThrowAsync<CouplingStoreException>()).Which;
        error.Failure.Should().Be(CouplingStoreFailure.WrongKey);
        error.Message.Should().Be($"Coupling file '{folder.File()}' {reason}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Previous_key_lets_a_file_be_encrypted_anew_or_decrypted(bool anew)
    {
        await using (var store = Open(Key))
        {
            await FillAsync(store);
        }

        await using (var store = Open(anew ? Other : null, previous: Key))
        {
            await ShouldBeFilledAsync(store);
        }

        // The option may stay as it is.
        await using (var store = Open(anew ? Other : null, previous: Key))
        {
            await ShouldBeFilledAsync(store);
        }

        await using var next = Open(anew ? Other : null);
        await ShouldBeFilledAsync(next);
    }

    [Theory]
    [InlineData("UPDATE coupling SET base = (SELECT base FROM coupling ORDER BY id DESC LIMIT 1) WHERE id = (SELECT min(id) FROM coupling)")]
    [InlineData("UPDATE coupling SET mapping_id = mapping_id + 1, id = id + (1 << 40); UPDATE mapping SET id = id + 1")]
    [InlineData("UPDATE coupling SET integration_id = randomblob(16)")]
    [InlineData("UPDATE coupling SET base = zeroblob(60)")]
    [InlineData("UPDATE coupling SET base = X'01'")]
    public async Task Encrypted_value_in_another_place_is_refused(string change)
    {
        await using (var store = Open(Key))
        {
            await FillAsync(store);
        }

        Execute(change);
        await using var damaged = Open(Key);
        var list = () => damaged.ListAsync();

        (await list.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.Corrupt);
    }

    [Theory]
    [InlineData("UPDATE journal SET id = randomblob(16)")]
    [InlineData("UPDATE journal SET intents = zeroblob(60)")]
    [InlineData("UPDATE journal SET intent_ids = zeroblob(15)")]
    [InlineData("UPDATE journal SET intent_ids = intent_ids || randomblob(16)")]
    public async Task Encrypted_journal_that_was_changed_is_refused(string change)
    {
        await using (var store = Open(Key))
        {
            await FillAsync(store);
        }

        Execute(change);
        await using var damaged = Open(Key);
        var list = () => damaged.ListIntentsAsync(Customers, default).AsTask();

        (await list.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.Corrupt);
    }

    [Fact]
    public async Task Conversion_that_fails_leaves_the_file_as_it_was()
    {
        await using (var store = Open(Key))
        {
            await FillAsync(store);
        }

        Execute("UPDATE conflict SET fields = zeroblob(60)");
        await using (var store = Open(Other, previous: Key))
        {
            var open = () => store.CountAsync(Customers, default).AsTask();
            (await open.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.Corrupt);
        }

        await using var next = Open(Key);
        (await next.ListAsync()).Should().BeEquivalentTo([Pair(1), Pair(2)]);
    }

    [Fact]
    public async Task Store_without_the_key_does_not_write_into_a_file_that_another_process_encrypted()
    {
        await using var plain = Open(null);
        await FillAsync(plain);
        await using var encrypted = Open(Key);
        await ShouldBeFilledAsync(encrypted);

        var write = () => plain.LeaseAsync();

        (await write.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.WrongKey);
    }

    [Fact]
    public async Task Conflicts_of_an_encrypted_file_lose_their_values_after_the_retention_time()
    {
        await using var store = Open(Key);
        await FillAsync(store);
        time.Advance(TimeSpan.FromDays(31));

        _ = await store.LeaseAsync();

        (await store.ListConflictsAsync(Customers, includeResolved: true, default).ToListAsync())
            .Should().ContainSingle().Which.Should().BeEquivalentTo(Decided.RemoveValues());
    }

    private static RecordConflict Decided { get; } = Conflict(1) with
    {
        Fields = [new("displayName", FieldValue.Text("secret"), FieldValue.Text("secret too"))],
        Resolution = ConflictResolution.LocalWon,
        ResolvedOn = Start,
    };

    private static Intent Journaled { get; } = Intent(1) with { BusinessKey = "C-secret" };

    private static async Task FillAsync(SqliteCouplingStore store) => await store.CommitAsync(new()
    {
        Lease = await store.LeaseAsync(),
        Couplings = Pairs(1, 2),
        Intents = [Journaled, Intent(2) with { BusinessKey = null, Outcome = null }],
        Conflicts = [Decided],
    });

    private static async Task ShouldBeFilledAsync(SqliteCouplingStore store)
    {
        (await store.ListAsync()).Should().BeEquivalentTo([Pair(1), Pair(2)]);
        (await store.ListIntentsAsync(Customers, default)).Should().Equal(
            Journaled, Intent(2) with { BusinessKey = null, Outcome = null });
        (await store.ListConflictsAsync(Customers, includeResolved: true, default).ToListAsync())
            .Should().BeEquivalentTo([Decided]);
    }

    private static string Utf16(string text) => Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(text));

    private SqliteCouplingStore Open(CouplingFileKey? key, CouplingFileKey? previous = null) => new(
        new SqliteCouplingStoreOptions { Path = folder.File(), EncryptionKey = key, PreviousEncryptionKey = previous }, time);

    private byte[] Bytes() => [.. Directory.GetFiles(folder.Path).Order().SelectMany(File.ReadAllBytes)];

    private string Content() => Encoding.Latin1.GetString(Bytes());

    private string Column(string query)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return (string)command.ExecuteScalar()!;
    }

    private void Execute(string script)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = script;
        _ = command.ExecuteNonQuery();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={folder.File()};Pooling=false");
        connection.Open();
        return connection;
    }
}
