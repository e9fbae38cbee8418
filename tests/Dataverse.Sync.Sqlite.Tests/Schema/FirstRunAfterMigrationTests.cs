using Dataverse.Sync.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>Engines of earlier versions left these files; this engine carries on as if it had written them.</summary>
public sealed class FirstRunAfterMigrationTests : IDisposable
{
    private static readonly Guid CreatedAccount = new("00000002-0009-0009-0909-090909090909");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task First_runs_over_unchanged_systems_write_nothing(int version)
    {
        await CreateAsync(version);
        var time = new FakeTimeProvider(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        var systems = new SynchronizedSystems(time);
        systems.InsertCreatedAccount(CreatedAccount);
        systems.EditBothSides();
        systems.ResetCounters();
        time.Advance(TimeSpan.FromDays(1));
        await using var store = new SqliteCouplingStore(new SqliteCouplingStoreOptions { Path = folder.File() }, time);
        using var engine = systems.NewEngine(store);

        IReadOnlyList<SyncJob> jobs =
            [.. await engine.SynchronizeModifiedAsync(), .. await engine.SynchronizeFullAsync(), .. await engine.SynchronizeFullAsync()];

        jobs.Should().OnlyContain(job => job.Status == SyncJobStatus.Finished && job.Counters.Failed == 0 && job.Counters.Coupled == 0);
        systems.RowsWritten.Should().Be(0);
        var key = new MappingKey(engine.Scope.Name, SynchronizedSystems.Mapping);
        (await store.CountAsync(key, default)).Should().Be(6);
        (await store.ListConflictsAsync(key, includeResolved: true, default).ToListAsync())
            .Should().ContainSingle().Which.Resolution.Should().Be(ConflictResolution.Open);
        (await store.ListFailuresAsync(key, default).ToListAsync()).Should().BeEmpty();
    }

    private async Task CreateAsync(int version)
    {
        await using var connection = new SqliteConnection($"Data Source={folder.File()};Pooling=false");
        connection.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Schema", $"engine-version-{version}.sql"));
        _ = await command.ExecuteNonQueryAsync();
    }
}
