using Dataverse.Sync.KillTests.Worker;

namespace Dataverse.Sync.KillTests;

/// <summary>A coupling file that was whole is damaged, and the next run comes upon it: what it cannot read it never takes for "not coupled".</summary>
public sealed class DamagedFileTests : IAsyncLifetime
{
    private const int PageSize = 4096;
    private const int DamagedPages = 8;

    private readonly string kept = Directory.CreateTempSubdirectory("dataverse-sync-kept-").FullName;
    private Bench bench = null!;
    private People people = null!;

    public async Task InitializeAsync() => (bench, people) = await BadFileBench.StartAsync(withPartners: true);

    public async Task DisposeAsync()
    {
        await bench.DisposeAsync();
        Directory.Delete(kept, recursive: true);
    }

    [Fact]
    public async Task File_that_was_cut_off_is_named_and_nothing_is_written()
    {
        await RunAsync();
        await using (var file = File.OpenWrite(bench.StoreFile))
        {
            file.SetLength(file.Length / 2 / PageSize * PageSize);
        }

        (await ShouldWriteNothingAsync()).Should().Be(CouplingStoreFailure.Corrupt);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xA5)]
    public async Task Overwritten_pages_are_named_or_make_no_difference_and_nothing_is_written(byte filling)
    {
        await RunAsync();
        var whole = await File.ReadAllBytesAsync(bench.StoreFile);
        var random = new Random(filling);
        var named = 0;
        foreach (var page in Enumerable.Range(1, (whole.Length / PageSize) - 1).OrderBy(_ => random.Next()).Take(DamagedPages))
        {
            var damaged = whole.ToArray();
            damaged.AsSpan(page * PageSize, PageSize).Fill(filling);
            await File.WriteAllBytesAsync(bench.StoreFile, damaged);

            named += await ShouldWriteNothingAsync() == CouplingStoreFailure.Corrupt ? 1 : 0;
            DeleteLog();
        }

        named.Should().BePositive();
        await File.WriteAllBytesAsync(bench.StoreFile, whole);
        await RunAsync();
        await BadFileBench.ShouldBeEqualAsync(bench, people);
    }

    [Fact]
    public async Task Emptied_file_is_a_new_one_and_match_fields_find_every_pair_again()
    {
        await RunAsync();
        await File.WriteAllBytesAsync(bench.StoreFile, []);

        await ShouldFindEveryPairAgainAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Log_that_is_lost_or_damaged_costs_couplings_and_match_fields_find_them_again(int thirdsKept)
    {
        await using (var synchronization = new Synchronization(bench.Settings))
        {
            _ = await synchronization.Engine.SynchronizeFullAsync(options: null, CancellationToken.None);

            // What a process leaves behind that had no time to close the file.
            Keep("couplings.db");
            Keep("couplings.db-wal");
        }

        var log = await File.ReadAllBytesAsync(Path.Combine(kept, "couplings.db-wal"));
        File.Copy(Path.Combine(kept, "couplings.db"), bench.StoreFile, overwrite: true);
        log.AsSpan(log.Length / 3 * thirdsKept).Fill(0xA5);
        if (thirdsKept > 0)
        {
            await File.WriteAllBytesAsync(bench.StoreFile + "-wal", log);
        }

        await ShouldFindEveryPairAgainAsync();
    }

    private void Keep(string name) => File.Copy(Path.Combine(bench.Folder, name), Path.Combine(kept, name));

    private void DeleteLog()
    {
        File.Delete(bench.StoreFile + "-wal");
        File.Delete(bench.StoreFile + "-shm");
    }

    private async Task RunAsync()
    {
        await using var synchronization = new Synchronization(bench.Settings);
        _ = await synchronization.Engine.SynchronizeFullAsync(options: null, CancellationToken.None);
    }

    // Both sides agree, so every write would come of a file that was misread.
    private async Task<CouplingStoreFailure?> ShouldWriteNothingAsync()
    {
        var before = bench.RowWrites;
        CouplingStoreFailure? failure = null;
        try
        {
            await RunAsync();
        }
        catch (SyncException stopped) when (DamageOf(stopped) is { } damaged)
        {
            damaged.Message.Should().Contain(bench.StoreFile);
            failure = damaged.Failure;
        }

        bench.RowWrites.Should().Be(before);
        return failure;
    }

    private static CouplingStoreException? DamageOf(SyncException stopped) => stopped is SyncRunException run
        ? run.InnerExceptions.OfType<CouplingStoreException>().FirstOrDefault()
        : stopped as CouplingStoreException;

    private async Task ShouldFindEveryPairAgainAsync()
    {
        var records = RecordCount;
        (await CountCouplingsAsync()).Should().BeLessThan(people.Subjects.Count, "couplings were lost");

        // The lease of the run that wrote the lost log may have survived it.
        await using (var synchronization = new Synchronization(bench.Settings))
        {
            await new Rounds(synchronization, bench.Settings, TextWriter.Null, TimeProvider.System).RunFullOnceAsync();
        }

        RecordCount.Should().Be(records);
        await BadFileBench.ShouldBeEqualAsync(bench, people);
    }

    private int RecordCount => TablePair.All.Sum(pair => bench.Local(pair.LocalTable).Count + bench.Integration(pair.IntegrationTable).Count);

    private async Task<int> CountCouplingsAsync() => (await StoredState.ReadAsync(bench.Settings)).Couplings.Values.Sum(list => list.Count);
}
