using Dataverse.Sync.Conformance;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.PostgreSql.Tests;

[NeedsServer]
public sealed class PostgreSqlJobQueueStoreTests : JobQueueStoreConformance, IAsyncLifetime
{
    private static readonly StoredJobQueueEntry Entry = new() { Name = "CUSTOMER", Mapping = "CUSTOMER", Version = 0 };

    private readonly TestSchema schema = new();
    private readonly PostgreSqlCouplingStore store;

    public PostgreSqlJobQueueStoreTests() => store = schema.Open();

    protected override IJobQueueStore Store => store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await schema.DisposeAsync();

    [Fact]
    public async Task Of_many_processes_that_add_and_then_take_an_entry_at_once_one_succeeds()
    {
        var processes = Enumerable.Range(0, 6).Select(_ => schema.Open()).ToList();

        var added = await TrySaveAsync(processes, Entry);
        var taken = await TrySaveAsync(processes, Entry with { Version = 1, State = JobQueueEntryState.InProcess });

        added.Should().ContainSingle(isSaved => isSaved);
        taken.Should().ContainSingle(isSaved => isSaved);
        (await Store.ReadEntriesAsync("scope", default)).Should().ContainSingle()
            .Which.Owner.Should().Be($"process {Array.IndexOf(taken, true)}");
    }

    [Fact]
    public async Task Time_is_that_of_the_database()
    {
        var before = (DateTime)(await schema.RunAsync("SELECT clock_timestamp()"))!;

        var time = await Store.ReadTimeAsync(default);

        var after = (DateTime)(await schema.RunAsync("SELECT clock_timestamp()"))!;
        time!.Value.UtcDateTime.Should().BeOnOrAfter(before.AddMilliseconds(-1)).And.BeOnOrBefore(after.AddMilliseconds(1));
        (await schema.Open(new FakeTimeProvider(CouplingSamples.Start)).ReadTimeAsync(default)).Should().Be(CouplingSamples.Start);
    }

    [Theory]
    [InlineData("state", "6")]
    [InlineData("state_before", "255")]
    [InlineData("attempts", "2147483648")]
    [InlineData("owned_until", "-1")]
    [InlineData("ownership_duration", "-1")]
    public async Task Entry_that_no_version_wrote_is_corrupt(string column, string value)
    {
        _ = await Store.TrySaveEntryAsync("scope", Entry, default);
        _ = await schema.RunAsync($"UPDATE [schema].job_queue_entry SET {column} = {value}");

        var failure = await StoreCalls.FailureOfAsync(() => Store.ReadEntriesAsync("scope", default).AsTask());

        failure.Failure.Should().Be(CouplingStoreFailure.Corrupt);
    }

    private static Task<bool[]> TrySaveAsync(IEnumerable<PostgreSqlCouplingStore> processes, StoredJobQueueEntry entry) =>
        Task.WhenAll(processes.Select((process, number) => Task.Run(() =>
            process.TrySaveEntryAsync("scope", entry with { Owner = $"process {number}" }, default).AsTask())));
}
