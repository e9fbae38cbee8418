using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Lost answers and crashes: whatever happens between journal, write, and commit, each record gets one counterpart.</summary>
public sealed class CrashTests
{
    public enum Moment
    {
        BeforeJournal,
        AfterJournal,
        AfterWrite,
        BeforeCommit,
        AfterCommit,
    }

    public static TheoryData<Moment, SyncSide> EveryMoment()
    {
        var data = new TheoryData<Moment, SyncSide>();
        foreach (var moment in Enum.GetValues<Moment>())
        {
            data.Add(moment, SyncSide.Local);
            data.Add(moment, SyncSide.Integration);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryMoment))]
    public async Task I3_A_crash_while_creating_is_completed_without_a_duplicate(Moment moment, SyncSide source)
    {
        using var crm = new EngineFixture(mapping => mapping.OnUpdateConflict(UpdateConflictPolicy.None));
        Insert(crm, source, "Adatum");
        CrashAt(crm, moment, source.Opposite());

        var run = () => crm.FullAsync();
        await run.Should().ThrowAsync<CrashException>();
        crm.Restart();
        await crm.SettleAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.CouplingsAsync()).Should().ContainSingle();
        (await crm.IntentsAsync()).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().BeEmpty();
        crm.Customers.Records[0]["displayName"].AsText().Should().Be("Adatum");
        crm.Accounts.Records[0]["accountnumber"].AsText().Should().Be("C00010");
    }

    [Theory]
    [MemberData(nameof(EveryMoment))]
    public async Task I2_A_crash_while_updating_is_completed_without_a_conflict(Moment moment, SyncSide source)
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        _ = source == SyncSide.Local ? crm.Customers.Update(customer, ("displayName", "New")) : crm.Accounts.Update(account, ("name", "New"));
        CrashAt(crm, moment, source.Opposite());

        var run = () => crm.ModifiedAsync();
        await run.Should().ThrowAsync<CrashException>();
        crm.Restart();
        await crm.SettleAsync();

        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("New", "New"));
        (await crm.ConflictsAsync(includeResolved: true)).Should().BeEmpty();
        (await crm.IntentsAsync()).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(EveryMoment))]
    public async Task I10_A_crash_while_a_conflict_is_decided_both_ways_keeps_one_conflict_and_both_losers(Moment moment, SyncSide target)
    {
        var rule = new TestRule { Conflict = arguments => arguments.Field.LocalField == "displayName" ? ConflictDecision.TakeLocal : ConflictDecision.TakeIntegration };
        using var crm = new EngineFixture(new FixtureOptions { Rules = [rule] });
        var (customer, account) = await crm.NewPairAsync();
        _ = crm.Customers.Update(customer, ("displayName", "Ours"), ("postalCode", "OURS"));
        _ = crm.Accounts.Update(account, ("name", "Theirs"), ("postalcode", "THEIRS"));
        CrashAt(crm, moment, target);

        var run = () => crm.ModifiedAsync();
        await run.Should().ThrowAsync<CrashException>();
        crm.Restart();
        _ = await crm.ModifiedAsync();

        (await crm.ConflictsAsync()).Should().BeEmpty();
        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("Ours", "Ours"));
        crm.Customers.Find(customer)!["postalCode"].AsText().Should().Be("THEIRS");
        var fields = (await crm.ConflictsAsync(includeResolved: true)).SelectMany(conflict => conflict.Fields).ToList();
        fields.Should().Contain(field => field.Integration == FieldValue.Text("Theirs")).And.Contain(field => field.Local == FieldValue.Text("OURS"));
    }

    [Fact]
    public async Task A_record_that_a_lost_creation_may_have_made_is_not_matched_with_another()
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOn("displayName", "name"));
        var account = crm.Accounts.Insert(("name", "Adatum"), ("postalcode", "1000"), ("websiteurl", "https://adatum.example")).Id;
        crm.Local.Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        _ = await crm.ModifiedAsync();
        var made = crm.Customers.Update(crm.Customers.Records[0].Id, ("website", "https://edited.example"));
        var twin = crm.Accounts.Insert(("name", "Adatum"), ("postalcode", "2000")).Id;

        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();

        (await crm.CouplingsAsync()).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().HaveCount(3).And.ContainSingle(failure => failure.Record.Id == twin).Which.Error.Code.Should().Be(SyncErrorCodes.OutcomeUnknown);

        _ = await crm.Engine.Couplings.CoupleAsync("CUSTOMER", made.Id, account);
        crm.Time.Advance(TimeSpan.FromDays(1));
        _ = await crm.ModifiedAsync();

        (await crm.CouplingsAsync()).Should().HaveCount(2).And.Contain(coupling => coupling.LocalId == made.Id && coupling.IntegrationId == account);
        (await crm.FailuresAsync()).Should().BeEmpty();
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((2, 2));
    }

    [Fact]
    public async Task Lost_creations_from_both_records_of_a_pair_taken_apart_find_each_their_own_counterpart()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        await crm.Engine.Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, [customer]);
        _ = crm.Customers.Update(customer, ("website", "https://adatum.example"));
        _ = crm.Accounts.Update(account, ("accountnumber", null));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.RequestLost);
        _ = await crm.FullAsync();
        var delayed = (await crm.IntentsAsync()).Should().ContainSingle(intent => intent.Target == SyncSide.Integration).Which;
        _ = crm.Accounts.Insert(delayed.TargetId, ("accountnumber", "C00010"), ("name", "Adatum"), ("creditlimit", 100m), ("postalcode", "1000"));
        crm.Later();

        _ = await crm.ModifiedAsync();

        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.CouplingsAsync()).Should().HaveCount(2).And.OnlyContain(coupling => coupling.LocalId == customer != (coupling.IntegrationId == account));
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((2, 2));
    }

    [Fact]
    public async Task I10_A_crash_in_a_second_round_that_decides_a_field_again_leaves_an_open_conflict_that_names_it_once()
    {
        using var crm = new EngineFixture(mapping => mapping.OnUpdateConflict(UpdateConflictPolicy.SendUpdateToIntegration));
        var (customer, account) = await crm.NewPairAsync();
        _ = crm.Customers.Update(customer, ("displayName", "Ours"));
        _ = crm.Accounts.Update(account, ("name", "Theirs"), ("websiteurl", "https://theirs.example"));
        var reads = 0;
        crm.Local.Faults.BeforeCall = (call, _) =>
        {
            // The write to the local side meets another version; the second round then finds new values on both sides.
            if (call is { Operation: InMemoryOperation.Write, Table: "customers" } && reads == 0)
            {
                crm.Customers.Update(customer, ("displayName", "Ours again"));
            }
            else if (call is { Operation: InMemoryOperation.ReadById, Table: "customers" } && ++reads == 1)
            {
                crm.Accounts.Update(account, ("name", "Theirs again"));
            }

            return ValueTask.CompletedTask;
        };
        var journals = 0;
        crm.Store.After = (_, commit) => CrashIf(IsJournal(commit) && ++journals == 2);

        var run = () => crm.ModifiedAsync();
        await run.Should().ThrowAsync<CrashException>();
        crm.Restart();

        var open = (await crm.ConflictsAsync()).Should().ContainSingle().Subject;
        open.Fields.Should().ContainSingle().Which.Should().Match<FieldConflict>(field => field.Local.AsText() == "Ours again" && field.Integration.AsText() == "Theirs again");
        var settled = (await crm.ConflictsAsync(includeResolved: true)).Should().HaveCount(2).And.ContainSingle(conflict => conflict.Resolution != ConflictResolution.Open).Which;
        settled.Resolution.Should().Be(ConflictResolution.LocalWon);
        settled.Fields.Should().ContainSingle().Which.Integration.AsText().Should().Be("Theirs");
        _ = await crm.Engine.Issues.ResolveAsync("CUSTOMER", open.Id, SyncSide.Local);
        crm.Name(account).Should().Be("Ours again");
    }

    [Theory]
    [MemberData(nameof(EveryMoment))]
    public async Task A_crash_while_deleting_is_completed(Moment moment, SyncSide deletedSide)
    {
        using var crm = new EngineFixture(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord).ScanForDeletionsEvery(TimeSpan.Zero));
        var (customer, account) = await crm.NewPairAsync();
        (deletedSide == SyncSide.Local ? crm.Customers : crm.Accounts).Delete(deletedSide == SyncSide.Local ? customer : account);
        CrashAt(crm, moment, deletedSide.Opposite());

        var run = () => crm.ModifiedAsync();
        await run.Should().ThrowAsync<CrashException>();
        crm.Restart();
        await crm.SettleAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((0, 0));
        (await crm.CouplingsAsync()).Should().BeEmpty();
        (await crm.IntentsAsync()).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(SyncSide.Local, InMemoryWriteFault.AnswerLost)]
    [InlineData(SyncSide.Local, InMemoryWriteFault.RequestLost)]
    [InlineData(SyncSide.Integration, InMemoryWriteFault.AnswerLost)]
    [InlineData(SyncSide.Integration, InMemoryWriteFault.RequestLost)]
    public async Task I3_A_lost_answer_to_a_creation_leads_to_one_counterpart(SyncSide source, InMemoryWriteFault fault)
    {
        using var crm = new EngineFixture();
        Insert(crm, source, "Adatum");
        (source == SyncSide.Local ? crm.Integration : crm.Local).Faults.FailWrites(fault);

        var job = await crm.FullAsync();
        crm.Time.Advance(TimeSpan.FromMinutes(1));
        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();
        await crm.SettleAsync();

        job.Counters.Inserted.Should().BeLessThanOrEqualTo(1);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.CouplingsAsync()).Should().ContainSingle();
        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.IntentsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task I3_A_lost_creation_that_landed_is_recognized_when_the_same_run_reads_it()
    {
        using var crm = new EngineFixture();
        var customer = crm.Customers.Insert(("displayName", "Adatum"));
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.AnswerLost);

        _ = await crm.FullAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.CouplingOfAsync(customer.Id))!.IntegrationId.Should().Be(crm.Accounts.Records[0].Id);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task I3_A_lost_creation_that_landed_during_a_retry_is_recognized_when_the_same_run_reads_it()
    {
        using var crm = new EngineFixture();
        _ = await crm.NewPairAsync();
        _ = crm.Accounts.Insert(("name", "Fabrikam"));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.Transient, InMemoryWriteFault.AnswerLost);
        _ = await crm.ModifiedAsync();
        crm.Later();

        _ = await crm.ModifiedAsync();
        await crm.SettleAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((2, 2));
        (await crm.CouplingsAsync()).Should().HaveCount(2);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task I3_A_creation_that_lands_late_is_adopted()
    {
        using var crm = new EngineFixture();
        var account = crm.Accounts.Insert(("name", "Fabrikam"));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.RequestLost);
        _ = await crm.FullAsync();
        crm.Time.Advance(TimeSpan.FromMinutes(2));

        var early = await crm.ModifiedAsync();
        _ = crm.Customers.Insert(("displayName", "Fabrikam"));
        crm.Time.Advance(TimeSpan.FromMinutes(2));
        _ = await crm.ModifiedAsync();
        await crm.SettleAsync();

        early.Counters.Should().Be(new SyncCounters { Failed = 1 });
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Integration, account.Id)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_lost_creation_is_not_repeated_while_the_service_may_still_be_working_on_it()
    {
        using var crm = new EngineFixture(new FixtureOptions { Engine = options => options with { UncertainWriteWindow = TimeSpan.FromMinutes(20) } });
        _ = crm.Accounts.Insert(("name", "Fabrikam"));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.RequestLost);
        _ = await crm.FullAsync();

        crm.Time.Advance(TimeSpan.FromMinutes(19));
        _ = await crm.ModifiedAsync();
        var within = crm.Customers.Count;
        crm.Time.Advance(TimeSpan.FromMinutes(2));
        _ = await crm.ModifiedAsync();

        (within, crm.Customers.Count).Should().Be((0, 1));
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_lost_creation_with_two_fitting_records_is_left_to_a_person()
    {
        using var crm = new EngineFixture();
        var account = crm.Accounts.Insert(("name", "Fabrikam"));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        _ = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Integration, account.Id);
        var twin = crm.Customers.Insert(("displayName", "Fabrikam"));

        _ = await crm.ModifiedAsync(new() { OnlyCoupledRecords = true });
        var failures = await crm.FailuresAsync();
        _ = await crm.Engine.Couplings.CoupleAsync("CUSTOMER", twin.Id, account.Id);

        failures.Should().HaveCount(3, "the account and both customers wait for a decision").And.AllSatisfy(failure => failure.Should().BeEquivalentTo(
            new { State = RecordFailureState.Skipped, Error = new { Code = SyncErrorCodes.OutcomeUndecidable }, NextTryOn = (DateTimeOffset?)null }));
        (await crm.FailuresAsync()).Should().ContainSingle("the other customer still does").Which.Record.Id.Should().NotBe(twin.Id).And.NotBe(account.Id);
        (await crm.IntentsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task I3_A_lost_creation_that_the_system_stored_in_its_own_form_is_left_to_a_person_and_not_repeated()
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            LocalTable = options => options with { Normalize = (field, value) => field.Name == "displayName" ? FieldValue.Text("normalized") : value },
        });
        var account = crm.Accounts.Insert(("name", "Fabrikam"), ("creditlimit", 7m));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.AnswerLost);

        _ = await crm.FullAsync();
        crm.Later();
        await crm.SettleAsync();
        var failures = await crm.FailuresAsync();
        _ = await crm.Engine.Couplings.CoupleAsync("CUSTOMER", crm.Customers.Records[0].Id, account.Id);
        await crm.SettleAsync();

        failures.Select(failure => (failure.Record.Side, failure.Error.Code)).Should().BeEquivalentTo(
            [(SyncSide.Local, SyncErrorCodes.OutcomeUndecidable), (SyncSide.Integration, SyncErrorCodes.OutcomeUndecidable)]);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_lost_creation_is_repeated_when_only_records_outside_the_filter_resemble_it()
    {
        using var crm = new EngineFixture(mapping => mapping.LocalFilter(RecordFilter.IsBlank("blocked")));
        _ = crm.Customers.Insert(("displayName", "Adatum"), ("creditLimit", 7m), ("blocked", true));
        var account = crm.Accounts.Insert(("name", "Fabrikam"), ("creditlimit", 7m));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.RequestLost);

        _ = await crm.FullAsync();
        crm.Later();
        await crm.SettleAsync();

        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Integration, account.Id)).Should().NotBeNull();
        crm.Customers.Count.Should().Be(2);
    }

    [Fact]
    public async Task A_lost_creation_is_found_by_its_business_key_whatever_else_the_system_made_of_it()
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            Customer = mapping => mapping.Field("number", "accountnumber", field => field.Direction(SyncDirection.Bidirectional)),
            LocalTable = options => options with { Normalize = (field, value) => field.Name == "displayName" ? FieldValue.Text("normalized") : value },
        });
        var account = crm.Accounts.Insert(("name", "Fabrikam"), ("accountnumber", "X1"));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.AnswerLost);

        _ = await crm.FullAsync();
        crm.Later();
        await crm.SettleAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Integration, account.Id)).Should().NotBeNull();
    }

    [Fact]
    public async Task I3_The_id_of_a_lost_creation_stays_reserved_while_the_record_cannot_be_sent()
    {
        var rule = new TestRule();
        using var crm = new EngineFixture(new FixtureOptions { Rules = [rule] });
        var customer = crm.Customers.Insert(("displayName", "Adatum"));
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.RequestLost);
        _ = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, customer.Id);
        var reserved = (await crm.IntentsAsync()).Should().ContainSingle().Subject.TargetId;
        rule.Select = _ => throw new InvalidOperationException();
        crm.Time.Advance(TimeSpan.FromMinutes(2));

        _ = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, customer.Id);
        _ = crm.Accounts.Insert(reserved, ("name", "Adatum"), ("accountnumber", "C00010"));
        rule.Select = null;
        crm.Time.Advance(TimeSpan.FromMinutes(2));
        await crm.SettleAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.CouplingOfAsync(customer.Id))!.IntegrationId.Should().Be(reserved);
    }

    [Fact]
    public async Task A_lost_answer_to_an_update_is_settled_by_what_the_record_holds()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "New"));
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        _ = await crm.ModifiedAsync();
        crm.Customers.Update(customer, ("displayName", "Newer"));
        crm.Later();

        await crm.SettleAsync();

        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("Newer", "Newer"));
        (await crm.ConflictsAsync(includeResolved: true)).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.IntentsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task I2_An_edit_over_a_lost_update_is_never_overwritten()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "New"));
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        _ = await crm.ModifiedAsync();
        crm.Accounts.Update(account, ("name", "Newer"));
        crm.Later();

        await crm.SettleAsync();

        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("New", "Newer"));
        (await crm.ConflictsAsync()).Should().ContainSingle();
    }

    private static void Insert(EngineFixture crm, SyncSide side, string name) =>
        _ = side == SyncSide.Local ? crm.Customers.Insert(("displayName", name)) : crm.Accounts.Insert(("name", name));

    private static void CrashAt(EngineFixture crm, Moment moment, SyncSide target)
    {
        crm.Store.Before = (_, commit) => CrashIf(IsJournal(commit) && moment == Moment.BeforeJournal || IsOutcome(commit) && moment == Moment.BeforeCommit);
        crm.Store.After = (_, commit) => CrashIf(IsJournal(commit) && moment == Moment.AfterJournal || IsOutcome(commit) && moment == Moment.AfterCommit);
        (target == SyncSide.Local ? crm.Local : crm.Integration).Faults.AfterCall = (call, _) =>
        {
            CrashIf(moment == Moment.AfterWrite && call is { Operation: InMemoryOperation.Write, Table: "customers" or "account" });
            return ValueTask.CompletedTask;
        };
    }

    private static bool IsJournal(StoreCommit? commit) => commit?.Intents.Count > 0;

    private static bool IsOutcome(StoreCommit? commit) => commit?.RemovedIntents.Count > 0;

    private static void CrashIf(bool condition)
    {
        if (condition)
        {
            throw new CrashException();
        }
    }

    private sealed class CrashException : Exception;
}
