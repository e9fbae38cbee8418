using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Crashes: wherever a process dies between journal, write, and commit, the next run completes its work.</summary>
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
        _ = crm.Insert(source, "Adatum");
        CrashAt(crm, moment, source.Opposite());

        var run = () => crm.FullAsync();
        await run.Should().ThrowAsync<CrashException>();
        crm.Restart();
        await crm.ConvergeAsync();

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
        _ = source == SyncSide.Local
            ? crm.Customers.Update(customer, ("displayName", "New"))
            : crm.Accounts.Update(account, ("name", "New"));
        CrashAt(crm, moment, source.Opposite());

        var run = () => crm.ModifiedAsync();
        await run.Should().ThrowAsync<CrashException>();
        crm.Restart();
        await crm.ConvergeAsync();

        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("New", "New"));
        (await crm.ConflictsAsync(includeResolved: true)).Should().BeEmpty();
        (await crm.IntentsAsync()).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(EveryMoment))]
    public async Task I10_A_crash_while_a_conflict_is_decided_both_ways_keeps_one_conflict_and_both_losers(
        Moment moment,
        SyncSide target)
    {
        var rule = new TestRule
        {
            Conflict = arguments => arguments.Field.LocalField == "displayName"
                ? ConflictDecision.TakeLocal
                : ConflictDecision.TakeIntegration,
        };
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
        fields.Should().Contain(field => field.Integration == FieldValue.Text("Theirs"))
            .And.Contain(field => field.Local == FieldValue.Text("OURS"));
    }

    [Fact]
    public async Task I10_A_crash_in_a_second_round_that_decides_a_field_again_leaves_an_open_conflict_that_names_it_once()
    {
        using var crm = new EngineFixture(mapping =>
            mapping.OnUpdateConflict(UpdateConflictPolicy.SendUpdateToIntegration));
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
        open.Fields
            .Should().ContainSingle()
            .Which.Should()
            .Match<FieldConflict>(field =>
                field.Local.AsText() == "Ours again" && field.Integration.AsText() == "Theirs again");
        var resolved = (await crm.ConflictsAsync(includeResolved: true))
            .Should().HaveCount(2).And.ContainSingle(conflict => conflict.Resolution != ConflictResolution.Open).Which;
        resolved.Resolution.Should().Be(ConflictResolution.LocalWon);
        resolved.Fields.Should().ContainSingle().Which.Integration.AsText().Should().Be("Theirs");
        _ = await crm.Engine.Issues.ResolveAsync("CUSTOMER", open.Id, SyncSide.Local);
        crm.Name(account).Should().Be("Ours again");
    }

    [Theory]
    [MemberData(nameof(EveryMoment))]
    public async Task A_crash_while_deleting_is_completed(Moment moment, SyncSide deletedSide)
    {
        using var crm = new EngineFixture(mapping =>
            mapping.OnDeletion(DeletionPolicy.DeleteRecord).ScanForDeletionsEvery(TimeSpan.Zero));
        var (customer, account) = await crm.NewPairAsync();
        (deletedSide == SyncSide.Local ? crm.Customers : crm.Accounts)
            .Delete(deletedSide == SyncSide.Local ? customer : account);
        CrashAt(crm, moment, deletedSide.Opposite());

        var run = () => crm.ModifiedAsync();
        await run.Should().ThrowAsync<CrashException>();
        crm.Restart();
        await crm.ConvergeAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((0, 0));
        (await crm.CouplingsAsync()).Should().BeEmpty();
        (await crm.IntentsAsync()).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    private static void CrashAt(EngineFixture crm, Moment moment, SyncSide target)
    {
        crm.Store.Before = (_, commit) => CrashIf(
            IsJournal(commit) && moment == Moment.BeforeJournal || IsOutcome(commit) && moment == Moment.BeforeCommit);
        crm.Store.After = (_, commit) => CrashIf(
            IsJournal(commit) && moment == Moment.AfterJournal || IsOutcome(commit) && moment == Moment.AfterCommit);
        (target == SyncSide.Local ? crm.Local : crm.Integration).Faults.AfterCall = (call, _) =>
        {
            CrashIf(
                moment == Moment.AfterWrite && call is { Operation: InMemoryOperation.Write, Table: "customers" or "account" });
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
