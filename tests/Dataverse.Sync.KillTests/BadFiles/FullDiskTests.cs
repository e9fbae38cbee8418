using Dataverse.Sync.KillTests.Worker;

namespace Dataverse.Sync.KillTests;

/// <summary>The disk of the coupling file takes no more in the middle of a run.</summary>
public sealed class FullDiskTests
{
    // $1 mount point, $2 worker, $3 and $4 settings of the two runs, $5 folder for the file of the end
    private const string OnSmallDisk =
        """
        mount -t tmpfs -o size=8m tmpfs "$1" || exit 90
        dd if=/dev/zero of="$1/filler" bs=1024 count=7800 2>/dev/null
        dotnet "$2" "$3"
        echo "first=$?"
        rm "$1/filler"
        dotnet "$2" "$4"
        echo "second=$?"
        cp "$1"/couplings.db* "$5"
        """;

    // $1 limit in blocks of 512 bytes, $2 worker, $3 settings
    private const string UnderLimit =
        """
        trap '' XFSZ
        ulimit -f "$1"
        DOTNET_EnableWriteXorExecute=0 exec dotnet "$2" "$3"
        """;

    // Enough for the run to couple the records that the sample has on both sides, which would look like made and not coupled.
    private const int Blocks = 900;

    [SmallDiskFact]
    public async Task Full_disk_is_named_and_the_next_run_completes_when_there_is_room()
    {
        var (bench, people) = await BadFileBench.StartAsync();
        await using var stop = bench;
        var disk = Directory.CreateDirectory(Path.Combine(bench.Folder, "disk")).FullName;
        var settings = bench.Settings with { StoreFile = Path.Combine(disk, "couplings.db"), PageSize = 20, Task = WorkerTask.FullOnce };
        using var shell = WorkerProcess.Start(
            "unshare",
            [.. SmallDiskFactAttribute.OwnMounts, "sh", "-c", OnSmallDisk, "sh", disk, WorkerProcess.WorkerFile, settings.ToJson(), (settings with { Task = WorkerTask.UntilQuiet }).ToJson(), bench.Folder]);

        var exit = await shell.WaitAsync();

        exit.Lines.Should().Contain($"first={(int)ExitCode.StoreFailed}", exit.ToString()).And.Contain($"second={(int)ExitCode.Done}");
        exit.Error.TrimEnd().Should().Be($"error: Unavailable: The disk of coupling file '{settings.StoreFile}' is full.");
        await BadFileBench.ShouldBeEqualAsync(bench, people);
    }

    [UnixFact]
    public async Task File_that_may_not_grow_is_named_and_the_next_run_completes_when_it_may()
    {
        var (bench, people) = await BadFileBench.StartAsync();
        await using var stop = bench;
        var settings = bench.Settings with { PageSize = 20, Task = WorkerTask.FullOnce };
        using var shell = WorkerProcess.Start("sh", ["-c", UnderLimit, "sh", $"{Blocks}", WorkerProcess.WorkerFile, settings.ToJson()]);

        var exit = await shell.WaitAsync();

        exit.ExitCode.Should().Be(ExitCode.StoreFailed, exit.ToString());
        exit.Error.Should().StartWith($"error: Unavailable: Coupling file '{bench.StoreFile}' cannot be written: the disk failed, or the file reached a size limit");
        bench.RowWrites.Should().BePositive();
        await BadFileBench.ShouldKnowWhatWasSentAsync(bench, people);
        await BadFileBench.ShouldBeCompletedAsync(bench, people);
    }
}
