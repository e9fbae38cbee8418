using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>What happens to the file while a store has it open, which only Unix allows.</summary>
public sealed class LostFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(Start);

    public void Dispose() => folder.Dispose();

    [UnixTheory]
    [InlineData("")]
    [InlineData("-wal -shm")]
    public async Task Coupling_file_deleted_under_a_running_store_stops_it(string beside)
    {
        await using var store = TestStores.Open(folder.File(), time);
        var lease = await store.LeaseAsync();
        await store.CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] });

        Delete(beside);

        await ShouldBeLostAsync(() => store.CommitAsync(new StoreCommit { Lease = lease, Couplings = [Pair(2)] }));
        await ShouldBeLostAsync(() => store.LeaseAsync());
        await ShouldBeLostAsync(() => store.ListAsync());
        File.Exists(folder.File()).Should().BeFalse("a store must not create a new file in the place of a lost one");
    }

    [UnixFact]
    public async Task Reads_notice_the_deleted_file_too()
    {
        await using var store = TestStores.Open(folder.File(), time);
        await store.CommitAsync(new() { Lease = await store.LeaseAsync(), Couplings = [Pair(1)] });
        File.Delete(folder.File());

        await ShouldBeLostAsync(() => store.ListAsync());
        File.Exists(folder.File()).Should().BeFalse();
    }

    [UnixFact]
    public async Task Coupling_file_deleted_before_the_first_read_is_not_created_again()
    {
        await using var store = TestStores.Open(folder.File(), time);
        _ = await store.LeaseAsync();
        Delete("-wal -shm");

        await ShouldBeLostAsync(() => store.ListAsync());
        File.Exists(folder.File()).Should().BeFalse();
    }

    [UnixFact]
    public async Task Coupling_file_replaced_by_another_one_stops_the_store()
    {
        await using var store = TestStores.Open(folder.File(), time);
        var lease = await store.LeaseAsync();
        await TestStores.CreateAsync(folder.File("other.db"), couplings: 3);
        File.Move(folder.File("other.db"), folder.File(), overwrite: true);

        await ShouldBeLostAsync(() => store.CommitAsync(new StoreCommit { Lease = lease, Couplings = [Pair(2)] }));

        await store.DisposeAsync();
        var mixed = await TestStores.FailureOfOpeningAsync(folder.File());
        mixed.Failure.Should().Be(CouplingStoreFailure.Corrupt);
        mixed.Message.Should().Contain("is beside the write-ahead log of another file");
        Delete("-wal -shm", keepsMain: true);
        await using var next = TestStores.Open(folder.File(), time);
        (await next.ListAsync()).Should().HaveCount(3);
    }

    [UnixTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Main_file_into_which_the_log_was_written_in_part_is_not_taken_for_another_one(bool isOpen)
    {
        await using var store = TestStores.Open(folder.File(), time);
        var lease = await store.LeaseAsync();
        await store.CommitAsync(new() { Lease = lease, Couplings = Pairs(1, 10) });
        var path = isOpen ? folder.File() : folder.File("killed.db");
        if (!isOpen)
        {
            File.Copy(folder.File() + "-wal", path + "-wal");
        }

        TearMainFile(path);

        await using var next = isOpen ? null : TestStores.Open(path, time);
        await (next ?? store).CommitAsync(new() { Lease = lease, Couplings = Pairs(20, 10) });
        (await (next ?? store).ListAsync()).Should().HaveCount(20);
    }

    [UnixTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Older_copy_put_back_under_a_running_store_stops_it(bool overwrites)
    {
        await TestStores.CreateAsync(folder.File(), couplings: 3);
        File.Copy(folder.File(), folder.File("copy.db"));
        await using var store = TestStores.Open(folder.File(), time);
        var lease = await store.LeaseAsync();
        await store.CommitAsync(new() { Lease = lease, Couplings = Pairs(10, 10) });

        // With its log, as a restore does; the store's connections see another file, or one that was emptied.
        Delete("-wal -shm", keepsMain: overwrites);
        File.Copy(folder.File("copy.db"), folder.File(), overwrite: true);

        await ShouldBeLostAsync(() => store.CommitAsync(new StoreCommit { Lease = lease, Couplings = [Pair(2)] }));
        await store.DisposeAsync();
        await using var next = TestStores.Open(folder.File(), time);
        (await next.ListAsync()).Should().HaveCount(3);
    }

    // The log alone was left in place, and its pages were written into the file before.
    [UnixFact]
    public async Task Older_copy_written_over_the_main_file_is_noticed_by_its_count_of_writes()
    {
        await TestStores.CreateAsync(folder.File(), couplings: 3);
        File.Copy(folder.File(), folder.File("copy.db"));
        await using var store = TestStores.Open(folder.File(), time);
        var lease = await store.LeaseAsync();
        await store.CommitAsync(new() { Lease = lease, Couplings = Pairs(10, 10) });
        Checkpoint(folder.File());
        await store.CommitAsync(new() { Lease = lease, Couplings = Pairs(30, 10) });

        File.Copy(folder.File("copy.db"), folder.File(), overwrite: true);

        await ShouldBeLostAsync(() => store.CommitAsync(new StoreCommit { Lease = lease, Couplings = [Pair(2)] }));
    }

    [UnixFact]
    public async Task Copy_that_has_what_the_main_file_has_does_no_harm()
    {
        await TestStores.CreateAsync(folder.File(), couplings: 3);
        File.Copy(folder.File(), folder.File("copy.db"));
        await using var store = TestStores.Open(folder.File(), time);
        var lease = await store.LeaseAsync();
        await store.CommitAsync(new() { Lease = lease, Couplings = Pairs(10, 10) });

        File.Copy(folder.File("copy.db"), folder.File(), overwrite: true);

        await store.CommitAsync(new() { Lease = lease, Couplings = Pairs(30, 10) });
        (await store.ListAsync()).Should().HaveCount(23);
    }

    [UnixFact]
    public async Task Log_deleted_beside_the_file_stops_the_store()
    {
        await using var store = TestStores.Open(folder.File(), time);
        var lease = await store.LeaseAsync();
        File.Delete(folder.File() + "-wal");

        await ShouldBeLostAsync(() => store.CommitAsync(new StoreCommit { Lease = lease, Couplings = [Pair(2)] }));
    }

    [Fact]
    public async Task Commits_and_checkpoints_of_another_process_are_not_taken_for_a_replacement()
    {
        await using var first = TestStores.Open(folder.File(), time);
        await using var second = TestStores.Open(folder.File(), time);
        var lease = await first.LeaseAsync();
        for (var round = 1; round <= 20; round++)
        {
            await first.CommitAsync(new() { Lease = lease, Couplings = Pairs(round * 100, 50) });
            Checkpoint(folder.File());
            await second.CommitAsync(new() { Lease = lease, Couplings = Pairs((round * 100) + 50, 50) });
        }

        (await first.ListAsync()).Should().HaveCount(2_000);
    }

    [UnixFact]
    public async Task Run_over_a_deleted_file_stops_before_it_writes_anything()
    {
        var systems = new SynchronizedSystems(time);
        await using var store = new SqliteCouplingStore(new SqliteCouplingStoreOptions { Path = folder.File() }, time);
        using var engine = systems.NewEngine(store);
        _ = await engine.SynchronizeFullAsync();
        _ = systems.Local["customers"].Insert(("number", "C9"), ("displayName", "Late"));
        systems.ResetCounters();
        Delete("-wal -shm");

        var run = () => engine.SynchronizeFullAsync(SynchronizedSystems.Mapping);

        (await run.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.Replaced);
        systems.RowsWritten.Should().Be(0);
    }

    [UnixFact]
    public async Task File_deleted_in_the_middle_of_a_run_stops_it_at_the_next_commit()
    {
        var systems = new SynchronizedSystems(time);
        await using var store = new SqliteCouplingStore(new SqliteCouplingStoreOptions { Path = folder.File() }, time);
        using var engine = systems.NewEngine(store, newId: DeletingIds(3));

        var run = () => engine.SynchronizeFullAsync(SynchronizedSystems.Mapping);

        (await run.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.Replaced);
        systems.RowsWritten.Should().Be(0, "the journal entry of the write could not be stored");
    }

    private static async Task ShouldBeLostAsync(Func<Task> call)
    {
        var error = (await call.Should().ThrowAsync<CouplingStoreException>()).Which;
        error.Failure.Should().Be(CouplingStoreFailure.Replaced);
        error.Message.Should().Contain("while it was in use");
    }

    private static void Checkpoint(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(RESTART)";
        _ = command.ExecuteNonQuery();
    }

    // The ids of a run are those of its job, of its new record, and of its journal entry, in this order.
    private Func<Guid> DeletingIds(int last)
    {
        var count = 0;
        return () =>
        {
            if (++count == last)
            {
                Delete("-wal -shm");
            }

            return Guid.NewGuid();
        };
    }

    // What a process leaves that was killed, or found the disk full, after the first page of the log was written.
    private void TearMainFile(string path)
    {
        var whole = folder.File("whole.db");
        File.Copy(folder.File(), whole);
        File.Copy(folder.File() + "-wal", whole + "-wal");
        using (var connection = new SqliteConnection($"Data Source={whole};Pooling=false"))
        {
            connection.Open();
            using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            _ = checkpoint.ExecuteScalar();
        }

        using var main = File.OpenWrite(path);
        main.Write(File.ReadAllBytes(whole).AsSpan(0, 4096));
        main.SetLength(4096);
    }

    private void Delete(string beside, bool keepsMain = false)
    {
        if (!keepsMain)
        {
            File.Delete(folder.File());
        }

        foreach (var end in beside.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            File.Delete(folder.File() + end);
        }
    }
}
