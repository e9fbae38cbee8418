namespace Dataverse.Sync.Conformance;

/// <summary>What every <see cref="IJobQueueStore"/> guarantees. An implementation inherits the suite and supplies an empty store.</summary>
public abstract class JobQueueStoreConformance
{
    private const string Scope = "a scope \"with\" signs";

    private static readonly StoredJobQueueEntry Entry = new()
    {
        Name = "CUSTOMER (ünï 😀)",
        Mapping = "CUSTOMER",
        Version = 0,
        IsOneTime = true,
        State = JobQueueEntryState.InProcess,
        EarliestStartOn = CouplingSamples.Start,
        Attempts = 3,
        StateBefore = JobQueueEntryState.OnHoldWithInactivityTimeout,
        LastStartedOn = CouplingSamples.Start.AddTicks(1),
        LastFinishedOn = CouplingSamples.Start.AddMinutes(-1),
        LastSucceededOn = CouplingSamples.Start.AddDays(-1),
        LastJobId = CouplingSamples.LocalId(1),
        Message = "The \"service\" was busy.\0",
        Owner = "a process",
        OwnedUntil = CouplingSamples.Start.AddMinutes(1),
        OwnershipDuration = TimeSpan.FromTicks(600_000_001),
    };

    protected abstract IJobQueueStore Store { get; }

    [Fact]
    public async Task Entry_is_read_as_it_was_saved_with_the_next_version()
    {
        (await ReadAsync()).Should().BeEmpty();
        var least = new StoredJobQueueEntry { Name = "VENDOR", Mapping = "VENDOR", Version = 0 };

        (await Store.TrySaveEntryAsync(Scope, Entry, default)).Should().BeTrue();
        (await Store.TrySaveEntryAsync(Scope, least, default)).Should().BeTrue();

        (await ReadAsync()).Should().BeEquivalentTo([Entry with { Version = 1 }, least with { Version = 1 }]);
    }

    [Fact]
    public async Task Every_state_is_kept()
    {
        foreach (var state in Enum.GetValues<JobQueueEntryState>())
        {
            var entry = Entry with { Name = $"{state}", State = state, StateBefore = state };
            (await Store.TrySaveEntryAsync(Scope, entry, default)).Should().BeTrue();
        }

        (await ReadAsync()).Should().HaveCount(6)
            .And.OnlyContain(entry => $"{entry.State}" == entry.Name && entry.StateBefore == entry.State);
    }

    [Fact]
    public async Task Values_that_were_there_can_be_taken_away()
    {
        _ = await Store.TrySaveEntryAsync(Scope, Entry, default);
        var emptied = new StoredJobQueueEntry { Name = Entry.Name, Mapping = Entry.Mapping, Version = 1 };

        (await Store.TrySaveEntryAsync(Scope, emptied, default)).Should().BeTrue();

        (await ReadAsync()).Should().Equal(emptied with { Version = 2 });
    }

    [Fact]
    public async Task Entry_of_another_scope_is_another_one()
    {
        (await Store.TrySaveEntryAsync(Scope, Entry, default)).Should().BeTrue();
        (await Store.TrySaveEntryAsync("other", Entry with { Message = null }, default)).Should().BeTrue();

        (await ReadAsync()).Should().ContainSingle().Which.Message.Should().Be(Entry.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-1)]
    public async Task Entry_that_has_changed_since_is_not_overwritten(long seen)
    {
        _ = await Store.TrySaveEntryAsync(Scope, Entry, default);
        _ = await Store.TrySaveEntryAsync(Scope, Entry with { Version = 1, Attempts = 4 }, default);

        (await Store.TrySaveEntryAsync(Scope, Entry with { Version = seen, Message = "lost" }, default)).Should().BeFalse();

        (await ReadAsync()).Should().ContainSingle().Which.Should().Be(Entry with { Version = 2, Attempts = 4 });
    }

    [Fact]
    public async Task Of_many_that_change_an_entry_at_once_one_succeeds()
    {
        _ = await Store.TrySaveEntryAsync(Scope, Entry, default);

        var saved = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() =>
            Store.TrySaveEntryAsync(Scope, Entry with { Version = 1, Owner = $"{number}" }, default).AsTask())));

        saved.Count(isSaved => isSaved).Should().Be(1);
        (await ReadAsync()).Should().ContainSingle().Which.Owner.Should().Be($"{Array.IndexOf(saved, true)}");
    }

    [Fact]
    public async Task Cancelled_call_changes_nothing()
    {
        var save = () => Store.TrySaveEntryAsync(Scope, Entry, new(canceled: true)).AsTask();

        await save.Should().ThrowAsync<OperationCanceledException>();
        (await ReadAsync()).Should().BeEmpty();
    }

    private ValueTask<IReadOnlyList<StoredJobQueueEntry>> ReadAsync() => Store.ReadEntriesAsync(Scope, default);
}
