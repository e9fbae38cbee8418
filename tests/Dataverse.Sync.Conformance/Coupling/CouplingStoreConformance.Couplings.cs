using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Conformance;

public abstract partial class CouplingStoreConformance
{
    [Fact]
    public async Task Couplings_and_failures_of_other_mappings_are_removed_in_the_same_commit()
    {
        var lease = await LeaseAsync();
        var credits = lease.Key with { Mapping = "CREDIT" };
        var other = await LeaseAsync(credits);
        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1), Pair(2)], Failures = [Failure(1), Failure(2)] });
        await CommitAsync(new()
        {
            Lease = other,
            Couplings = [Pair(1), Pair(2)],
            Failures = [Failure(1), Failure(2)],
            Conflicts = [Conflict(1)],
        });

        await CommitAsync(new()
        {
            Lease = lease,
            UncoupledElsewhere = [new("CREDIT", new(SyncSide.Local, LocalId(1))), new("UNKNOWN", new(SyncSide.Local, LocalId(2)))],
            ClearedElsewhere = [new("CREDIT", Failure(2).Record), new("CREDIT", Failure(9).Record), new("UNKNOWN", Failure(1).Record)],
        });

        (await ListAsync(credits)).Should().BeEquivalentTo([Pair(2)]);
        (await ListAsync()).Should().HaveCount(2);
        (await Store.ListFailuresAsync(credits, default).ToListAsync()).Should().ContainSingle().Which.Record.Should().Be(Failure(1).Record);
        (await ListFailuresAsync()).Should().HaveCount(2);
        (await Store.ListConflictsAsync(credits, includeResolved: false, default).ToListAsync()).Should().BeEmpty("the conflict of an uncoupled pair lapses");
    }

    [Fact]
    public async Task Find_before_the_first_commit_gives_nothing()
    {
        (await FindAsync(SyncSide.Local, LocalId(1))).Should().BeEmpty();
        (await Store.CountAsync(Customers, CancellationToken.None)).Should().Be(0);
        (await ListAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task Find_by_either_side_gives_couplings_as_they_were_stored(SyncSide side)
    {
        var untouched = new Coupling { LocalId = LocalId(2), IntegrationId = IntegrationId(2) };
        var emptyBase = Pair(3) with { Base = new(new([]), [], []), LocalVersion = ulong.MaxValue };
        await CommitAsync(new() { Lease = await LeaseAsync(), Couplings = [Pair(1), untouched, emptyBase, Pair(4)] });

        var found = await FindAsync(side, Pair(1).IdOf(side), Pair(9).IdOf(side), untouched.IdOf(side), emptyBase.IdOf(side));

        found.Should().BeEquivalentTo([Pair(1), untouched, emptyBase]);
    }

    [Fact]
    public async Task Find_is_not_misled_by_an_id_of_the_other_side()
    {
        await CommitAsync(new() { Lease = await LeaseAsync(), Couplings = [Pair(1)] });

        (await FindAsync(SyncSide.Local, IntegrationId(1))).Should().BeEmpty();
        (await FindAsync(SyncSide.Integration, LocalId(1))).Should().BeEmpty();
    }

    [Fact]
    public async Task Find_of_an_id_named_twice_gives_its_coupling_once()
    {
        await CommitAsync(new() { Lease = await LeaseAsync(), Couplings = [Pair(1), Pair(2)] });

        (await FindAsync(SyncSide.Local, LocalId(1), LocalId(2), LocalId(1))).Should().BeEquivalentTo([Pair(1), Pair(2)]);
    }

    [Fact]
    public async Task Find_of_no_ids_gives_nothing()
    {
        await CommitAsync(new() { Lease = await LeaseAsync(), Couplings = [Pair(1)] });

        (await FindAsync(SyncSide.Local)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task Find_of_a_large_page_among_many_gives_exactly_that_page(SyncSide side)
    {
        await CommitAsync(new() { Lease = await LeaseAsync(), Couplings = Pairs(1, 5_000) });

        var found = await FindAsync(side, [.. Pairs(3_000, 4_000).Select(pair => pair.IdOf(side))]);

        found.OrderBy(pair => pair.LocalVersion).Should().Equal(Pairs(3_000, 2_001));
    }

    [Fact]
    public async Task Commit_of_a_coupled_local_record_replaces_its_coupling()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1), Pair(2)] });
        var moved = Pair(1) with { Base = null, LocalVersion = 77, SynchronizedOn = null };

        await CommitAsync(new() { Lease = lease, Couplings = [moved] });

        (await ListAsync()).Should().BeEquivalentTo([moved, Pair(2)]);
        (await FindAsync(SyncSide.Integration, IntegrationId(1))).Should().Equal(moved);
    }

    [Fact]
    public async Task Commit_of_another_partner_frees_the_partner_before()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1, 1)] });

        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1, 2)] });

        (await ListAsync()).Should().Equal(Pair(1, 2));
        (await FindAsync(SyncSide.Integration, IntegrationId(1), IntegrationId(2))).Should().Equal(Pair(1, 2));
    }

    [Fact]
    public async Task I8_commit_of_a_taken_partner_is_refused_and_changes_nothing()
    {
        var lease = await WithOneOfEverythingAsync();

        var commit = () => CommitAsync(Everything(lease) with { Couplings = [Pair(101), Pair(102, 2)] });

        (await commit.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.AlreadyCoupled);
        await ShouldStillHaveOneOfEverythingAsync();
    }

    [Fact]
    public async Task I8_commit_of_one_partner_for_two_records_is_refused_and_changes_nothing()
    {
        var lease = await WithOneOfEverythingAsync();

        var commit = () => CommitAsync(Everything(lease) with { Couplings = [Pair(101, 103), Pair(102, 103)] });

        (await commit.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.AlreadyCoupled);
        await ShouldStillHaveOneOfEverythingAsync();
    }

    [Fact]
    public async Task Commit_after_a_refused_one_is_stored()
    {
        var lease = await WithOneOfEverythingAsync();
        var refused = () => CommitAsync(new() { Lease = lease, Couplings = [Pair(3, 2)] });
        await refused.Should().ThrowAsync<CouplingStoreException>();

        await CommitAsync(new() { Lease = lease, Couplings = [Pair(3)] });

        (await ListAsync()).Should().BeEquivalentTo([Pair(1), Pair(2), Pair(3)]);
    }

    [Fact]
    public async Task Commit_that_uncouples_the_holder_gives_its_partner_to_another()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1, 1)] });

        await CommitAsync(new() { Lease = lease, UncoupledLocalIds = [LocalId(1)], Couplings = [Pair(2, 1)] });

        (await ListAsync()).Should().Equal(Pair(2, 1));
        (await FindAsync(SyncSide.Local, LocalId(1))).Should().BeEmpty();
    }

    [Fact]
    public async Task Commit_may_swap_and_rotate_partners()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Couplings = Pairs(1, 5) });

        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1, 2), Pair(2, 1), Pair(3, 4), Pair(4, 5), Pair(5, 3)] });

        (await ListAsync()).Should().BeEquivalentTo([Pair(1, 2), Pair(2, 1), Pair(3, 4), Pair(4, 5), Pair(5, 3)]);
    }

    [Fact]
    public async Task Commit_of_several_couplings_for_one_local_record_stores_the_last()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1, 1), Pair(1, 2), Pair(2, 3)] });
        (await ListAsync()).Should().BeEquivalentTo([Pair(1, 2), Pair(2, 3)]);

        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1, 4), Pair(1, 2), Pair(2, 4)] });
        (await ListAsync()).Should().BeEquivalentTo([Pair(1, 2), Pair(2, 4)]);
    }

    [Fact]
    public async Task Commit_that_uncouples_removes_the_named_and_ignores_the_unknown()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Couplings = Pairs(1, 3) });

        await CommitAsync(new() { Lease = lease, UncoupledLocalIds = [LocalId(2), LocalId(9), LocalId(2)] });

        (await ListAsync()).Should().BeEquivalentTo([Pair(1), Pair(3)]);
        (await FindAsync(SyncSide.Integration, IntegrationId(2))).Should().BeEmpty();
        (await Store.CountAsync(Customers, CancellationToken.None)).Should().Be(2);
    }

    [Fact]
    public async Task Commit_that_uncouples_and_couples_the_same_record_keeps_the_coupling()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1, 1)] });

        await CommitAsync(new() { Lease = lease, UncoupledLocalIds = [LocalId(1)], Couplings = [Pair(1, 2)] });

        (await ListAsync()).Should().Equal(Pair(1, 2));
    }

    [Fact]
    public async Task Each_coupling_keeps_the_shape_of_its_base()
    {
        var lease = await LeaseAsync();
        var before = Pair(1);
        var reordered = Pair(2) with { Base = Base(new(["email", "displayName", "number"]), 2) };
        var widened = Pair(3) with { Base = Base(new([.. Enumerable.Range(0, 60).Select(field => $"feld {field} · ü")]), 3) };
        await CommitAsync(new() { Lease = lease, Couplings = [before, Pair(2)] });

        await CommitAsync(new() { Lease = lease, Couplings = [reordered, widened] });

        var found = await FindAsync(SyncSide.Local, LocalId(1), LocalId(2), LocalId(3));
        found.OrderBy(pair => pair.LocalVersion).Should().Equal(before, reordered, widened);
    }
}
