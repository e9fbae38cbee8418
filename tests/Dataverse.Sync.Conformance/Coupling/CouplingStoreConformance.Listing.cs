using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Conformance;

public abstract partial class CouplingStoreConformance
{
    [Fact]
    public async Task List_and_count_give_every_coupling_once()
    {
        await CommitAsync(new() { Lease = await LeaseAsync(), Couplings = Pairs(1, 4_321) });

        (await ListAsync()).OrderBy(pair => pair.LocalVersion).Should().Equal(Pairs(1, 4_321));
        (await Store.CountAsync(Customers, CancellationToken.None)).Should().Be(4_321);
    }

    [Fact]
    public async Task List_while_others_commit_gives_what_was_coupled_all_the_time_exactly_once()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Couplings = Pairs(1, 3_000) });

        var listed = new List<Coupling>();
        await foreach (var coupling in Store.ListAsync(Customers, CancellationToken.None))
        {
            listed.Add(coupling);
            if (listed.Count % 500 == 0)
            {
                var turn = listed.Count / 500;
                await CommitAsync(new()
                {
                    Lease = lease,
                    UncoupledLocalIds = [.. Pairs(turn * 100, 50).Select(pair => pair.LocalId)],
                    Couplings = [.. Pairs(turn * 100, 20), .. Pairs(10_000 * turn, 100), Pair(2_000) with { LocalVersion = (ulong)turn }],
                });
            }
        }

        var steady = Enumerable.Range(1_000, 2_001).Select(LocalId);
        listed.Select(pair => pair.LocalId).Should().OnlyHaveUniqueItems().And.Contain(steady);
    }

    [Fact]
    public async Task List_of_versions_has_the_ids_and_versions_of_all_couplings()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new()
        {
            Lease = lease,
            Couplings = [.. Pairs(1, 2_500), Pair(3_000) with { Base = null, LocalVersion = ulong.MaxValue, SynchronizedOn = null }],
        });
        var vendors = Customers with { Mapping = "VENDOR" };
        await CommitAsync(new()
        {
            Lease = (await Store.TryAcquireLeaseAsync(vendors, "engine", LeaseTime, CancellationToken.None))!,
            Couplings = Pairs(1, 3),
        });

        var listed = await Store.ListVersionsAsync(Customers, CancellationToken.None).ToListAsync();

        listed.Should().OnlyContain(page => page.Count > 0);
        listed.SelectMany(page => page).Should().BeEquivalentTo((await ListAsync()).Select(CouplingVersions.Of)).And.HaveCount(2_501);
        (await Store.ListVersionsAsync(Customers with { Mapping = "CONTACT" }, CancellationToken.None).CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task List_may_be_left_early_and_begun_again()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Couplings = Pairs(1, 3_000) });

        (await Store.ListAsync(Customers, CancellationToken.None).Take(1_500).CountAsync()).Should().Be(1_500);
        await CommitAsync(new() { Lease = lease, UncoupledLocalIds = [LocalId(1)] });

        (await ListAsync()).Should().HaveCount(2_999);
    }

    [Fact]
    public async Task I15_mappings_and_scopes_do_not_touch_each_other()
    {
        MappingKey[] others =
        [
            Customers with { Mapping = "VENDOR" },
            Customers with { Mapping = "customer" },
            Customers with { Scope = "adatum" },
            new(Customers.Mapping, Customers.Scope),
        ];
        await WithOneOfEverythingAsync();
        foreach (var other in others)
        {
            await CommitAsync(Everything(await LeaseAsync(other)) with { Couplings = [Pair(1, 2), Pair(2, 1)] });
        }

        await ShouldStillHaveOneOfEverythingAsync();
        foreach (var other in others)
        {
            (await ListAsync(other)).Should().BeEquivalentTo([Pair(1, 2), Pair(2, 1)]);
            (await Store.FindAsync(other, SyncSide.Local, [LocalId(1)], CancellationToken.None)).Should().Equal(Pair(1, 2));
            (await Store.CountAsync(other, CancellationToken.None)).Should().Be(2);
            (await Store.ListIntentsAsync(other, CancellationToken.None)).Should().Equal(Intent(101));
            (await Store.ListFailuresAsync(other, CancellationToken.None).ToListAsync()).Should().Equal(Failure(101));
            (await Store.ListConflictsAsync(other, true, CancellationToken.None).ToListAsync()).Should().ContainSingle();
            (await Store.ReadStateAsync(other, CancellationToken.None)).Local.Should().Be(new Checkpoint("later"));
        }
    }
}
