using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Conformance;

public abstract partial class CouplingStoreConformance
{
    [Fact]
    public async Task Failures_come_back_as_they_were_longest_failing_first()
    {
        var waiting = Failure(1) with
        {
            State = RecordFailureState.Waiting,
            Error = new(SyncErrorCodes.ReferenceNotCoupled, "Salesperson 'PS' is not coupled.\0", "salespersonCode"),
            Attempts = 3,
            LastFailedOn = Start.AddTicks(7),
            NextTryOn = Start.AddHours(1),
            Awaited = new("SALESPERSON", new(SyncSide.Integration, IntegrationId(8)))
            {
                Alternative = new(["CONTACT \"a\"", "CUSTOMER"], new(SyncSide.Local, LocalId(9)))
                {
                    Alternative = new("CURRENCY", new(SyncSide.Local, LocalId(7))),
                },
            },
            JobId = IntegrationId(9),
            Version = ulong.MaxValue - 1,
        };
        var skipped = Failure(2, SyncSide.Integration) with { State = RecordFailureState.Skipped, Error = new("0x80040265", string.Empty) };

        await CommitAsync(new() { Lease = await LeaseAsync(), Failures = [Failure(3), skipped, waiting] });

        (await ListFailuresAsync()).Should().Equal(waiting, skipped, Failure(3));
    }

    [Fact]
    public async Task Issues_are_counted_by_state_and_only_those_of_the_mapping()
    {
        var lease = await LeaseAsync();
        var before = await Store.CountIssuesAsync(Customers, default);
        await CommitAsync(new()
        {
            Lease = lease,
            Failures =
            [
                Failure(1),
                Failure(2),
                Failure(3) with { State = RecordFailureState.Waiting },
                Failure(4) with { State = RecordFailureState.Skipped },
                Failure(5) with { State = RecordFailureState.Doubtful },
                Failure(6) with { State = RecordFailureState.Uncoupled },
            ],
            Conflicts = [Conflict(1), Conflict(2), Conflict(3) with { Resolution = ConflictResolution.LocalWon, ResolvedOn = Start }],
        });

        before.Should().Be(new IssueCounts(0, 0, 0, 0, 0));
        (await Store.CountIssuesAsync(Customers, default)).Should().Be(new IssueCounts(2, 1, 1, 1, 2));
        (await Store.CountIssuesAsync(Customers with { Mapping = "VENDOR" }, default)).Should().Be(before);
    }

    [Fact]
    public async Task Doubtful_records_keep_the_records_that_make_them_doubtful()
    {
        var doubtful = Failure(1) with
        {
            State = RecordFailureState.Doubtful,
            Candidates =
            [
                new(new(SyncSide.Integration, IntegrationId(2)), ulong.MaxValue - 1, IsCoupled: true),
                new(new(SyncSide.Local, LocalId(3)), Version: 0, IsCoupled: false),
            ],
        };
        var lease = await LeaseAsync();

        await CommitAsync(new() { Lease = lease, Failures = [doubtful] });
        var stored = await ListFailuresAsync();
        await CommitAsync(new() { Lease = lease, Failures = [Failure(1)] });

        stored.Should().ContainSingle().Which.Should().BeEquivalentTo(doubtful);
        (await ListFailuresAsync()).Should().Equal(Failure(1));
    }

    [Fact]
    public async Task Failure_of_the_same_record_is_replaced()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Failures = [Failure(1), Failure(1, SyncSide.Integration), Failure(2)] });
        var again = Failure(1) with { Attempts = 2, LastFailedOn = Start.AddHours(2), State = RecordFailureState.Skipped };

        await CommitAsync(new() { Lease = lease, Failures = [again] });

        (await ListFailuresAsync()).Should().Equal(again, Failure(1, SyncSide.Integration), Failure(2));
    }

    [Fact]
    public async Task Cleared_failures_are_removed_and_unknown_ones_ignored()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Failures = [Failure(1), Failure(1, SyncSide.Integration), Failure(2)] });

        await CommitAsync(new()
        {
            Lease = lease,
            ClearedFailures = [Failure(1).Record, Failure(2, SyncSide.Integration).Record, Failure(2).Record],
            Failures = [Failure(2)],
        });

        (await ListFailuresAsync()).Should().Equal(Failure(1, SyncSide.Integration), Failure(2));
    }

    [Fact]
    public async Task Failures_of_one_moment_are_all_listed_once()
    {
        var failures = Enumerable.Range(1, 2_500).Select(number => Failure(number) with { FirstFailedOn = Start }).ToList();

        await CommitAsync(new() { Lease = await LeaseAsync(), Failures = failures });

        (await ListFailuresAsync()).OrderBy(failure => failure.Record.Id).Should().Equal(failures.OrderBy(failure => failure.Record.Id));
    }

    [Fact]
    public async Task Conflicts_keep_values_of_every_kind_and_come_oldest_first()
    {
        var values = new[]
        {
            FieldValue.Blank, FieldValue.Text("\ud800 lone, \0, ü, 😀"), FieldValue.Boolean(false), FieldValue.Boolean(true),
            FieldValue.Integer(long.MinValue), FieldValue.Decimal(-79228162514264337593543950335m), FieldValue.Decimal(10.50m),
            FieldValue.Identifier(LocalId(1)), FieldValue.Date(DateOnly.MaxValue), FieldValue.DateTime(DateTimeOffset.MaxValue),
            FieldValue.Reference(IntegrationId(1), "systemuser"), FieldValue.MultiChoice(int.MinValue, 3, int.MaxValue),
            FieldValue.Duration(TimeSpan.MinValue), FieldValue.Duration(TimeSpan.Zero), FieldValue.Time(TimeOnly.MaxValue),
        };
        var update = Conflict(2) with { Fields = [.. values.Select((value, index) => new FieldConflict($"f{index}", value, values[^(index + 1)]))] };
        var deletion = Conflict(1) with { Kind = ConflictKind.IntegrationDeletion, Fields = [] };

        await CommitAsync(new() { Lease = await LeaseAsync(), Conflicts = [update, deletion] });

        (await ListConflictsAsync()).Should().BeEquivalentTo([deletion, update], options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task Conflict_with_the_same_id_is_replaced_and_a_settled_one_is_listed_on_demand()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Couplings = Pairs(1, 2), Conflicts = [Conflict(1), Conflict(2)] });
        var settled = Conflict(1) with { Resolution = ConflictResolution.LocalWon, ResolvedOn = Start.AddDays(1) };

        await CommitAsync(new() { Lease = lease, Conflicts = [settled] });

        (await ListConflictsAsync(includeResolved: false)).Should().BeEquivalentTo([Conflict(2)]);
        (await ListConflictsAsync()).Should().BeEquivalentTo([settled, Conflict(2)], options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task Conflicts_of_one_moment_are_all_listed_once()
    {
        var conflicts = Enumerable.Range(1, 2_500).Select(number => Conflict(number) with { DetectedOn = Start }).ToList();

        await CommitAsync(new() { Lease = await LeaseAsync(), Conflicts = conflicts });

        (await ListConflictsAsync(includeResolved: false)).Select(conflict => conflict.Id).Order()
            .Should().Equal(conflicts.Select(conflict => conflict.Id).Order());
    }

    [Fact]
    public async Task Uncoupling_lets_the_open_conflict_of_the_pair_lapse_and_keeps_its_values()
    {
        var lease = await LeaseAsync();
        var settled = Conflict(1) with { Id = Conflict(3).Id, Resolution = ConflictResolution.Mixed, ResolvedOn = Start };
        await CommitAsync(new() { Lease = lease, Couplings = Pairs(1, 2), Conflicts = [Conflict(1), Conflict(2), settled] });
        Time.Advance(TimeSpan.FromMinutes(1));

        await CommitAsync(new() { Lease = lease, UncoupledLocalIds = [LocalId(1)] });

        (await ListConflictsAsync(includeResolved: false)).Should().BeEquivalentTo([Conflict(2)]);
        (await ListConflictsAsync()).Should().BeEquivalentTo([Conflict(1).Lapse(Start.AddMinutes(1)), settled, Conflict(2)]);
    }

    [Fact]
    public async Task Another_partner_lets_the_open_conflict_of_the_pair_before_lapse()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1, 1)], Conflicts = [Conflict(1)] });
        var next = Conflict(1) with { Id = Conflict(4).Id, IntegrationId = IntegrationId(2) };

        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1, 2)], Conflicts = [next] });

        (await ListConflictsAsync()).Should().BeEquivalentTo([Conflict(1).Lapse(Start), next]);
    }

    [Fact]
    public async Task Storing_the_same_pair_again_leaves_its_conflict_open()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1)], Conflicts = [Conflict(1)] });

        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1) with { LocalVersion = 9 }, Pair(2)] });

        (await ListConflictsAsync(includeResolved: false)).Should().BeEquivalentTo([Conflict(1)]);
    }

    [Fact]
    public async Task Announced_deletions_reach_their_mapping_and_stay_until_they_are_withdrawn()
    {
        var lease = await LeaseAsync();
        var other = lease.Key with { Mapping = "CONTACT" };
        var (own, first, second) = (Announced(lease.Key, 1), Announced(other, 2), Announced(other, 3));

        await CommitAsync(new() { Lease = lease, AnnouncedDeletions = [own, first, second, first] });
        await CommitAsync(new() { Lease = lease, State = new() { Local = new("position"), AnnouncedDeletions = [second] } });
        await CommitAsync(new() { Lease = lease, WithdrawnDeletions = [second, Announced(other, 4)] });

        (await Store.ReadStateAsync(lease.Key, default)).AnnouncedDeletions.Should().Equal(own);
        (await Store.ReadStateAsync(other, default)).AnnouncedDeletions.Should().Equal(first);
        await CommitAsync(new() { Lease = lease, WithdrawnDeletions = [own, first] });
        (await Store.ReadStateAsync(lease.Key, default)).Should().Be(new MappingState { Local = new("position") });
        (await Store.ReadStateAsync(other, default)).Should().Be(MappingState.Initial);
        (await Store.TryAcquireLeaseAsync(other, "b", TimeSpan.FromMinutes(1), default)).Should().NotBeNull();
    }

    [Fact]
    public async Task Reason_of_a_conflict_comes_back()
    {
        var conflict = Conflict(1) with { Kind = ConflictKind.LocalDeletion, Fields = [], Reason = "CONTACT 'a' would go too." };

        await CommitAsync(new() { Lease = await LeaseAsync(), Conflicts = [conflict] });

        var stored = await Store.ListConflictsAsync(Customers, includeResolved: false, default).ToListAsync();
        stored.Should().ContainSingle().Which.Reason.Should().Be(conflict.Reason);
    }

    private static AnnouncedDeletion Announced(MappingKey key, int number) =>
        new(key.Mapping, new(SyncSide.Integration, IntegrationId(number)), Start.AddMinutes(number));
}
