using Microsoft.Data.Sqlite;
using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>Files that cannot be used give one clear error and are left as they are.</summary>
public sealed class BadFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Missing_folder_is_unavailable()
    {
        var path = folder.File(Path.Combine("missing", "couplings.db"));

        var failure = await TestStores.FailureOfOpeningAsync(path);

        failure.Failure.Should().Be(CouplingStoreFailure.Unavailable);
        failure.Message.Should().Be($"Coupling file '{path}' cannot be opened: the folder does not exist, or access is denied.");
    }

    [Fact]
    public async Task Folder_in_place_of_the_file_is_unavailable() =>
        (await TestStores.FailureOfOpeningAsync(folder.Path)).Failure.Should().Be(CouplingStoreFailure.Unavailable);

    [UnprivilegedFact]
    public async Task Read_only_file_is_unavailable_for_writing()
    {
        await TestStores.CreateAsync(folder.File(), couplings: 1);
        File.SetAttributes(folder.File(), FileAttributes.ReadOnly);
        await using var store = TestStores.Open(folder.File());

        var write = () => store.LeaseAsync();

        (await write.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.Unavailable);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(99)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(20_000)]
    public async Task File_of_another_format_is_corrupt_and_left_as_it_is(int length)
    {
        var content = Enumerable.Range(0, length).Select(index => (byte)(index * 7)).ToArray();

        (await FailureOfAsync(content)).Failure.Should().Be(CouplingStoreFailure.Corrupt);
    }

    [Fact]
    public async Task Empty_file_becomes_a_coupling_file()
    {
        await File.WriteAllBytesAsync(folder.File(), []);

        await TestStores.CreateAsync(folder.File(), couplings: 1);

        await using var store = TestStores.Open(folder.File());
        (await store.ListAsync()).Should().Equal(Pair(1));
    }

    [Theory]
    [InlineData("CREATE TABLE coupling (id INTEGER PRIMARY KEY)")]
    [InlineData("PRAGMA application_id = 42")]
    [InlineData("PRAGMA user_version = 1; CREATE TABLE mapping (id INTEGER PRIMARY KEY)")]
    public async Task SQLite_file_of_another_program_is_corrupt_and_left_as_it_is(string script)
    {
        Execute(folder.File("foreign.db"), script);

        var failure = await FailureOfAsync(await File.ReadAllBytesAsync(folder.File("foreign.db")));

        failure.Failure.Should().Be(CouplingStoreFailure.Corrupt);
        failure.Message.Should().Be($"'{folder.File()}' is an SQLite file of another program, not a coupling file.");
    }

    [Fact]
    public async Task File_of_a_newer_version_is_named_so_and_left_as_it_is()
    {
        await TestStores.CreateAsync(folder.File("newer.db"), couplings: 1);
        Execute(folder.File("newer.db"), "PRAGMA user_version = 13");

        var failure = await FailureOfAsync(await File.ReadAllBytesAsync(folder.File("newer.db")));

        failure.Failure.Should().Be(CouplingStoreFailure.NewerVersion);
        failure.Message.Should().Be($"Coupling file '{folder.File()}' has version 13; this library supports versions up to {CouplingSchema.Steps.Count}.");
    }

    [Fact]
    public async Task File_that_was_cut_off_is_corrupt()
    {
        await TestStores.CreateAsync(folder.File("whole.db"), couplings: 1_000);
        var whole = await File.ReadAllBytesAsync(folder.File("whole.db"));

        (await FailureOfAsync(whole[..(whole.Length / 2)])).Failure.Should().Be(CouplingStoreFailure.Corrupt);
    }

    [Fact]
    public async Task Damaged_page_is_corrupt_when_it_is_read()
    {
        await TestStores.CreateAsync(folder.File(), couplings: 1_000);
        var bytes = await File.ReadAllBytesAsync(folder.File());
        bytes.AsSpan(bytes.Length / 4).Fill(0xA5);
        await File.WriteAllBytesAsync(folder.File(), bytes);
        await using var store = TestStores.Open(folder.File());

        var list = () => store.ListAsync();

        (await list.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.Corrupt);
    }

    [Theory]
    [InlineData("UPDATE coupling SET base = X'01'")]
    [InlineData("UPDATE coupling SET local_id = X'0102'")]
    [InlineData("UPDATE coupling SET synchronized_on = 9223372036854775807")]
    [InlineData("DELETE FROM base_shape")]
    [InlineData("UPDATE base_shape SET field_mappings = X'FF'")]
    public async Task Row_that_cannot_be_is_corrupt_when_it_is_read(string damage)
    {
        await TestStores.CreateAsync(folder.File(), couplings: 1);
        Execute(folder.File(), damage);
        await using var store = TestStores.Open(folder.File());

        var list = () => store.ListAsync();

        (await list.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.Corrupt);
    }

    [Fact]
    public async Task Store_goes_on_once_the_reason_is_gone()
    {
        var path = folder.File(Path.Combine("later", "couplings.db"));
        await using var store = TestStores.Open(path);
        var lease = () => store.LeaseAsync();
        await lease.Should().ThrowAsync<CouplingStoreException>();

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        await store.CommitAsync(new() { Lease = await lease(), Couplings = [Pair(1)] });
        (await store.ListAsync()).Should().Equal(Pair(1));
    }

    private async Task<CouplingStoreException> FailureOfAsync(byte[] content)
    {
        await File.WriteAllBytesAsync(folder.File(), content);
        var failure = await TestStores.FailureOfOpeningAsync(folder.File());
        (await File.ReadAllBytesAsync(folder.File())).Should().Equal(content);
        return failure;
    }

    private static void Execute(string path, string script)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = script;
        _ = command.ExecuteNonQuery();
    }
}
