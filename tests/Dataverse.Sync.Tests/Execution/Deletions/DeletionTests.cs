using Dataverse.Sync.Execution;
using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

public sealed class DeletionTests
{
    public static TheoryData<DeletionPolicy, SyncSide, bool> EveryCase()
    {
        var data = new TheoryData<DeletionPolicy, SyncSide, bool>();
        foreach (var policy in Enum.GetValues<DeletionPolicy>())
        {
            foreach (var side in Enum.GetValues<SyncSide>())
            {
                data.Add(policy, side, false);
                data.Add(policy, side, true);
            }
        }

        return data;
    }

    [Theory]
    [InlineData(WriteAnswer.Nothing)]
    [InlineData(WriteAnswer.Version)]
    [InlineData(WriteAnswer.Record)]
    public async Task A_text_that_was_entered_into_a_new_record_before_a_run_saw_it_is_not_deleted_with_its_source(
        WriteAnswer answer)
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            Customer = builder => builder.OnDeletion(DeletionPolicy.DeleteRecord),
            IntegrationTable = options => options with { Answer = answer },
        });
        var customer = crm.Customers.Insert(("displayName", "Adatum"), ("website", "adatum.example"));
        _ = await crm.ModifiedAsync();
        _ = crm.Accounts.Update(crm.Accounts.Records[0].Id, ("websiteurl", "entered.example"));
        crm.Later();
        crm.Customers.Delete(customer.Id);
        crm.Later();

        _ = await crm.FullAsync();

        crm.Accounts.Records.Should().ContainSingle().Which["websiteurl"].AsText().Should().Be("entered.example");
        (await crm.ConflictsAsync()).Should().ContainSingle().Which.Kind.Should().Be(ConflictKind.LocalDeletion);
    }

    [Theory]
    [InlineData(WriteAnswer.Nothing, null)]
    [InlineData(WriteAnswer.Version, "A1")]
    [InlineData(WriteAnswer.Record, null)]
    [InlineData(WriteAnswer.Record, "A1")]
    public async Task Number_that_its_system_gave_to_a_new_record_does_not_keep_it_from_being_deleted_with_its_source(
        WriteAnswer answer, string? number)
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            Customer = builder => builder.OnDeletion(DeletionPolicy.DeleteRecord),
            LocalTable = options => options with { Answer = answer },
        });
        var account = crm.Accounts.Insert(("name", "Adatum"), ("accountnumber", number));
        _ = await crm.ModifiedAsync();
        crm.Accounts.Delete(account.Id);
        crm.Later();

        _ = await crm.FullAsync();

        crm.Customers.Count.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(EveryCase))]
    [Trait("parity", "BC-1.1-12")]
    public async Task Deletion_of_one_side_follows_the_policy(
        DeletionPolicy policy,
        SyncSide deleted,
        bool isSurvivorEdited)
    {
        using var crm = NewFixture(policy);
        var (customer, account) = await crm.NewPairAsync();
        Delete(crm, deleted, customer, account);
        if (isSurvivorEdited)
        {
            _ = deleted == SyncSide.Local
                ? crm.Accounts.Update(account, ("name", "Edited"))
                : crm.Customers.Update(customer, ("displayName", "Edited"));
        }

        var job = await crm.ModifiedAsync();

        var survivors = (crm.Customers.Count, crm.Accounts.Count);
        var one = deleted == SyncSide.Local ? (0, 1) : (1, 0);
        var couplings = (await crm.CouplingsAsync()).Count;
        switch (policy)
        {
            case DeletionPolicy.None:
                job.Counters.Should().Be(new SyncCounters { Failed = 1 });
                (survivors, couplings).Should().Be((one, 1));
                (await crm.FailuresAsync())
                    .Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.CoupledRecordDeleted);
                break;
            case DeletionPolicy.RestoreRecords:
                job.Counters.Should().Be(new SyncCounters { Inserted = 1 });
                (survivors, couplings).Should().Be(((1, 1), 1));
                crm.Accounts.Records[0]["name"].AsText()
                    .Should().Be(isSurvivorEdited ? "Edited" : "Adatum")
                    .And.Be(crm.Customers.Records[0]["displayName"].AsText());
                break;
            case DeletionPolicy.RemoveCoupling:
                job.Counters.Should().Be(new SyncCounters { Uncoupled = 1 });
                (survivors, couplings).Should().Be((one, 0));
                break;
            case DeletionPolicy.DeleteRecord when isSurvivorEdited:
                job.Counters.Should().Be(new SyncCounters { Conflicted = 1 });
                (survivors, couplings).Should().Be((one, 1));
                (await crm.ConflictsAsync())
                    .Should().ContainSingle()
                    .Which.Kind.Should()
                    .Be(deleted == SyncSide.Local ? ConflictKind.LocalDeletion : ConflictKind.IntegrationDeletion);
                break;
            default:
                job.Counters.Should().Be(new SyncCounters { Deleted = 1 });
                (survivors, couplings).Should().Be(((0, 0), 0));
                break;
        }
    }

    [Theory]
    [InlineData(DeletionPolicy.RestoreRecords, true, true, true, true, nameof(DeletionAction.Restore))]
    [InlineData(DeletionPolicy.RestoreRecords, true, false, true, false, nameof(DeletionAction.Report))]
    [InlineData(DeletionPolicy.DeleteRecord, true, false, false, true, nameof(DeletionAction.Report))]
    [InlineData(DeletionPolicy.DeleteRecord, true, true, true, true, nameof(DeletionAction.RecordConflict))]
    [InlineData(DeletionPolicy.DeleteRecord, false, false, true, true, nameof(DeletionAction.RemoveCoupling))]
    [InlineData(DeletionPolicy.None, false, false, true, true, nameof(DeletionAction.RemoveCoupling))]
    [InlineData(DeletionPolicy.RemoveCoupling, true, true, false, false, nameof(DeletionAction.RemoveCoupling))]
    public void Decide_never_writes_a_side_that_the_mapping_does_not_write(
        DeletionPolicy policy,
        bool survives,
        bool changed,
        bool writesSurvivor,
        bool writesDeleted,
        string action) =>
        DeletionRules.Decide(policy, survives, changed, writesSurvivor, writesDeleted).ToString().Should().Be(action);

    [Fact]
    public async Task Deletion_of_both_sides_removes_the_coupling_and_counts_once()
    {
        using var crm = NewFixture(DeletionPolicy.None);
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Delete(customer);
        crm.Accounts.Delete(account);

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Uncoupled = 1 });
        (await crm.CouplingsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Deletion_that_the_system_does_not_report_is_found_when_the_scan_is_due()
    {
        using var crm = new EngineFixture(mapping =>
            mapping.OnDeletion(DeletionPolicy.DeleteRecord).ScanForDeletionsEvery(TimeSpan.FromHours(6)));
        var (customer, _) = await crm.NewPairAsync();
        crm.Customers.Delete(customer);

        var early = await crm.ModifiedAsync();
        var scans = crm.Local.Calls[InMemoryOperation.ReadKeys];
        crm.Time.Advance(TimeSpan.FromHours(6));
        var late = await crm.ModifiedAsync();

        (early.Counters.Deleted, scans, late.Counters.Deleted).Should().Be((0, 0, 1));
        crm.Accounts.Count.Should().Be(0);
    }

    [Fact]
    public async Task Deletion_before_an_expired_checkpoint_is_found_by_reading_the_whole_table()
    {
        using var crm = NewFixture(DeletionPolicy.DeleteRecord);
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);
        crm.Accounts.ExpireCheckpoints();

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Deleted = 1 });
        crm.Customers.Find(customer).Should().BeNull();
    }

    [Fact]
    public async Task I7_Too_many_deletions_blow_the_fuse_before_the_first()
    {
        using var crm = NewFixture(DeletionPolicy.DeleteRecord);
        var customers = Enumerable.Range(0, 30).Select(number => crm.Customers.Insert(("displayName", $"C{number}")))
            .ToList();
        await crm.ConvergeAsync();
        foreach (var account in crm.Accounts.Records.Take(11).ToList())
        {
            crm.Accounts.Delete(account.Id);
        }

        var stopped = await crm.ModifiedAsync();
        var left = crm.Customers.Count;
        crm.Later();
        var allowed = await crm.ModifiedAsync(new() { AllowsMassDeletion = true });

        stopped.Status.Should().Be(SyncJobStatus.Stopped);
        stopped.Message.Should().Contain("11").And.Contain("10");
        left.Should().Be(30);
        allowed.Counters.Should().Be(new SyncCounters { Deleted = 11 });
        crm.Customers.Count.Should().Be(19);
    }

    [Fact]
    public async Task A_survivor_that_could_not_be_deleted_is_tried_again_when_due()
    {
        using var crm = NewFixture(DeletionPolicy.DeleteRecord);
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);
        crm.Local.Faults.FailWrites(InMemoryWriteFault.Transient);

        var failed = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();

        failed.Counters.Should().Be(new SyncCounters { Failed = 1 });
        crm.Customers.Find(customer).Should().BeNull();
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_survivor_edited_at_the_last_moment_is_not_deleted()
    {
        using var crm = NewFixture(DeletionPolicy.DeleteRecord);
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);
        crm.Local.Faults.BeforeCall = (call, _) =>
        {
            if (call.Operation == InMemoryOperation.Write)
            {
                crm.Customers.Update(customer, ("displayName", "Edited"));
            }

            return ValueTask.CompletedTask;
        };

        _ = await crm.ModifiedAsync();
        crm.Local.Faults.Clear();
        crm.Later();
        _ = await crm.ModifiedAsync();

        crm.DisplayName(customer).Should().Be("Edited");
        (await crm.ConflictsAsync()).Should().ContainSingle().Which.Kind.Should().Be(ConflictKind.IntegrationDeletion);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_deletion_conflict_does_not_take_the_values_of_an_open_update_conflict_along()
    {
        using var crm = NewFixture(DeletionPolicy.DeleteRecord);
        var (customer, account) = await crm.NewPairAsync();
        _ = crm.Customers.Update(customer, ("displayName", "Edited here"));
        _ = crm.Accounts.Update(account, ("name", "Edited there"));
        _ = await crm.ModifiedAsync();
        crm.Accounts.Delete(account);

        _ = await crm.ModifiedAsync();

        var conflicts = await crm.ConflictsAsync(includeResolved: true);
        conflicts.Should().HaveCount(2);
        conflicts
            .Should().ContainSingle(conflict => conflict.Resolution == ConflictResolution.Open)
            .Which.Kind.Should().Be(ConflictKind.IntegrationDeletion);
        var update = conflicts.Should().ContainSingle(conflict => conflict.Kind == ConflictKind.Update).Which;
        update.Resolution.Should().Be(ConflictResolution.Lapsed);
        update.Fields
            .Should().ContainSingle()
            .Which.Should()
            .Match<FieldConflict>(field =>
                field.Local.AsText() == "Edited here" && field.Integration.AsText() == "Edited there");
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task Restore_creates_the_deleted_record_again_and_couples_it(SyncSide survivor)
    {
        using var crm = NewFixture(DeletionPolicy.None);
        var (customer, account) = await crm.NewPairAsync();
        Delete(crm, survivor.Opposite(), customer, account);
        _ = await crm.ModifiedAsync();

        var job = await crm.Engine.Issues.RestoreAsync(
            "CUSTOMER",
            survivor,
            survivor == SyncSide.Local ? customer : account);

        job.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        (crm.Customers.Count, crm.Accounts.Count, (await crm.CouplingsAsync()).Count).Should().Be((1, 1, 1));
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task DeleteSurvivor_deletes_the_record_that_is_left_and_the_coupling()
    {
        using var crm = NewFixture(DeletionPolicy.None);
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);
        _ = await crm.ModifiedAsync();

        var job = await crm.Engine.Issues.DeleteSurvivorAsync("CUSTOMER", SyncSide.Local, customer);

        job.Counters.Should().Be(new SyncCounters { Deleted = 1 });
        crm.Customers.Count.Should().Be(0);
        (await crm.CouplingsAsync()).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task DeleteSurvivor_of_a_pair_whose_partner_exists_deletes_nothing()
    {
        using var crm = NewFixture(DeletionPolicy.None);
        var (customer, _) = await crm.NewPairAsync();

        var job = await crm.Engine.Issues.DeleteSurvivorAsync("CUSTOMER", SyncSide.Local, customer);

        job.Counters.Deleted.Should().Be(0);
        crm.Customers.Find(customer).Should().NotBeNull();
    }

    [Theory]
    [InlineData(SyncSide.Integration, 0, 0, ConflictResolution.IntegrationWon)]
    [InlineData(SyncSide.Local, 1, 1, ConflictResolution.LocalWon)]
    public async Task Resolving_a_deletion_conflict_deletes_or_restores_and_tells_who_won(
        SyncSide winner,
        int customers,
        int accounts,
        ConflictResolution resolution)
    {
        using var crm = NewFixture(DeletionPolicy.DeleteRecord);
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);
        crm.Customers.Update(customer, ("displayName", "Edited"));
        _ = await crm.ModifiedAsync();
        var conflict = (await crm.ConflictsAsync()).Should().ContainSingle().Subject;

        _ = await crm.Engine.Issues.ResolveAsync("CUSTOMER", conflict.Id, winner);

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((customers, accounts));
        var resolved = (await crm.ConflictsAsync(includeResolved: true)).Should().ContainSingle().Subject;
        (resolved.Id, resolved.Resolution).Should().Be((conflict.Id, resolution));
    }

    private static EngineFixture NewFixture(DeletionPolicy policy) =>
        new(mapping => mapping.OnDeletion(policy).ScanForDeletionsEvery(TimeSpan.Zero));

    private static void Delete(EngineFixture crm, SyncSide side, Guid customer, Guid account) =>
        (side == SyncSide.Local ? crm.Customers : crm.Accounts).Delete(side == SyncSide.Local ? customer : account);
}
