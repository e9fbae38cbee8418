using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Conformance;

public abstract partial class CouplingStoreConformance
{
    [Fact]
    public async Task Decided_conflicts_lose_their_values_after_the_retention_time_and_stay_listed()
    {
        var resolved = Conflict(1) with { Resolution = ConflictResolution.LocalWon, ResolvedOn = Start };
        var later = Conflict(2) with { Resolution = ConflictResolution.Mixed, ResolvedOn = Start.AddDays(1) };
        var lapsed = Conflict(3).Lapse(Start);
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Couplings = [Pair(4)], Conflicts = [resolved, later, lapsed, Conflict(4)] });
        Time.Advance(RecordConflict.DefaultValueRetention);

        _ = await LeaseAsync();

        (await ListConflictsAsync()).Should().BeEquivalentTo([resolved.RemoveValues(), later, lapsed.RemoveValues(), Conflict(4)]);
        var removed = (await ListConflictsAsync())[0];
        removed.ValuesRemoved.Should().BeTrue();
        removed.Fields.Should().Equal(new FieldConflict("displayName", FieldValue.Blank, FieldValue.Blank));
    }

    [Fact]
    public async Task Values_of_decided_conflicts_are_kept_until_the_retention_time_ends()
    {
        var resolved = Conflict(1) with { Resolution = ConflictResolution.LocalWon, ResolvedOn = Start };
        await CommitAsync(new() { Lease = await LeaseAsync(), Conflicts = [resolved] });
        Time.Advance(RecordConflict.DefaultValueRetention - TimeSpan.FromTicks(1));

        _ = await LeaseAsync();

        (await ListConflictsAsync()).Should().BeEquivalentTo([resolved]);
    }

    [Fact]
    public async Task Open_conflicts_keep_their_values_for_ever()
    {
        await CommitAsync(new() { Lease = await LeaseAsync(), Couplings = [Pair(1)], Conflicts = [Conflict(1)] });
        Time.Advance(10 * RecordConflict.DefaultValueRetention);

        _ = await LeaseAsync();

        (await ListConflictsAsync()).Should().BeEquivalentTo([Conflict(1)]);
    }
}
