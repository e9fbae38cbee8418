using Dataverse.Sync.KillTests.Worker;
using Microsoft.Data.Sqlite;

namespace Dataverse.Sync.KillTests;

/// <summary>Another process holds the coupling file's write lock for longer than a worker waits.</summary>
public sealed class LockedFileTests
{
    private const int WritesBeforeTheLock = 4;

    [Fact]
    public async Task File_locked_from_the_start_is_named_and_nothing_is_written()
    {
        var (bench, people) = await BadFileBench.StartAsync();
        await using var stop = bench;
        await using (var blocker = Open(bench))
        {
            Lock(blocker);
            using var worker = WorkerProcess.Start(Impatient(bench));

            ShouldNameTheFile(await worker.WaitAsync(), bench);
        }

        bench.RowWrites.Should().Be(0);
        await BadFileBench.ShouldBeCompletedAsync(bench, people);
    }

    [Fact]
    public async Task File_locked_in_the_middle_of_a_run_ends_it_and_the_next_run_completes_it()
    {
        var (bench, people) = await BadFileBench.StartAsync();
        await using var stop = bench;
        await using (var blocker = Open(bench))
        {
            var left = WritesBeforeTheLock;
            bench.Received = (_, request) =>
            {
                if (request.IsWrite && Interlocked.Decrement(ref left) == 0)
                {
                    Lock(blocker);
                }

                return false;
            };
            using var worker = WorkerProcess.Start(Impatient(bench));

            ShouldNameTheFile(await worker.WaitAsync(), bench);
            bench.Received = null;
        }

        bench.RowWrites.Should().BePositive();
        await BadFileBench.ShouldKnowWhatWasSentAsync(bench, people);
        await BadFileBench.ShouldBeCompletedAsync(bench, people);
    }

    private static WorkerSettings Impatient(Bench bench) =>
        bench.Settings with { Task = WorkerTask.FullOnce, PageSize = 20, BusyTimeout = TimeSpan.FromMilliseconds(100) };

    private static void ShouldNameTheFile(WorkerExit exit, Bench bench)
    {
        exit.ExitCode.Should().Be(ExitCode.StoreFailed, exit.ToString());
        exit.Error.TrimEnd().Should().Be($"error: Locked: Coupling file '{bench.StoreFile}' is locked by another process.");
    }

    private static SqliteConnection Open(Bench bench)
    {
        var connection = new SqliteConnection($"Data Source={bench.StoreFile};Pooling=false");
        connection.Open();
        return connection;
    }

    private static void Lock(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        _ = command.ExecuteNonQuery();
    }
}
