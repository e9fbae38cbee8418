using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.References;

/// <content>Which references are postponed, and what may happen until they are set.</content>
public sealed partial class CircleTests
{
    [Fact]
    public async Task Reference_on_which_a_filter_depends_is_not_the_one_that_is_postponed()
    {
        using var crm = new CircleFixture
        {
            Contact = mapping => mapping.IntegrationFilter(RecordFilter.IsNotBlank("parentcustomerid")),
        };
        crm.Restart();
        InsertWithContact(crm, SyncSide.Local);

        _ = await crm.Engine.SynchronizeFullAsync();

        ContactsShouldAgree(crm);
        WritesOf(crm, WriteKind.Update).Should().NotContain(write => write.Contains("parentcustomerid"));
        await ShouldBeAtRestAsync(crm);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reference_that_a_new_record_needs_waits_with_the_reason_and_costs_nothing_later(bool isRequired)
    {
        using var crm = new CircleFixture(field => field.Name != "billtoid" ? field
            : isRequired ? field with { IsRequired = true }
            : field with { CanUpdate = false });
        crm.Insert(SyncSide.Local, isRequired ? [("A", "B"), ("B", "A")] : [("A", "B"), ("B", "A"), ("C", ""), ("D", "C")]);

        _ = await crm.Engine.SynchronizeFullAsync("CUSTOMER");
        var failures = await crm.FailuresAsync();

        failures.Where(failure => failure.Error.Code == SyncErrorCodes.ReferenceCircle).Should().HaveCount(2)
            .And.OnlyContain(failure => failure.State == RecordFailureState.Waiting
                && failure.Error.Field!.Contains("billTo") && failure.Error.Message.Contains("refers back"));
        crm.Accounts.Records.Select(record => record["name"].AsText())
            .Should().BeEquivalentTo(isRequired ? [] : new[] { "C", "D" });
        crm.Later();
        _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER");
        crm.Later();
        crm.Local.ResetCounters();
        crm.Integration.ResetCounters();
        _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER");
        (crm.Local.Calls.Total + crm.Integration.Calls.Total).Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task Circle_lands_through_the_one_reference_that_can_be_set_later()
    {
        using var crm = new CircleFixture(field =>
            field.Name == "parentcustomerid" ? field with { IsRequired = true } : field);
        InsertWithContact(crm, SyncSide.Local);

        _ = await crm.Engine.SynchronizeFullAsync();

        ContactsShouldAgree(crm);
        await ShouldBeAtRestAsync(crm);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Default_of_the_target_in_place_of_a_postponed_reference_is_no_edit(bool isSilent)
    {
        var bank = Guid.NewGuid();
        var value = new FieldWrite("billtoid", FieldValue.Reference(bank, "account"));
        using var crm = new CircleFixture(wrap: system => system.Name == "Dataverse"
            ? new DefaultingConnector(isSilent ? new CarelessConnector(system) { Answer = Silent } : system, "account", value)
            : system);
        _ = crm.Accounts.Insert(bank, ("name", "Bank"));
        _ = await crm.Engine.SynchronizeFullAsync();
        crm.Later();
        crm.Insert(SyncSide.Local, ("A", "B"), ("B", "A"), ("C", "C"));
        var killed = 0;
        crm.Integration.Faults.BeforeCall = (call, _) => call is { Operation: InMemoryOperation.Write } && ++killed == 2
            ? throw new CrashException()
            : ValueTask.CompletedTask;

        var run = () => crm.Engine.SynchronizeTableAsync("CUSTOMER");
        await run.Should().ThrowAsync<CrashException>();
        crm.Restart();
        _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER");
        crm.Later();
        _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER");

        var (ours, theirs) = crm.BillTo();
        foreach (var (name, billTo) in new[] { ("A", "B"), ("B", "A"), ("C", "C") })
        {
            (ours[name], theirs[name]).Should().Be((billTo, billTo));
        }
    }

    // A system that does not return what it created may have set the reference itself: it yields, and is kept.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reference_that_a_person_enters_in_place_of_a_postponed_one_is_not_lost(bool isSilent)
    {
        using var crm = new CircleFixture(answer: isSilent ? WriteAnswer.Version : WriteAnswer.Record);
        crm.Insert(SyncSide.Integration, ("Bank", ""));
        _ = await crm.Engine.SynchronizeFullAsync("CUSTOMER");
        crm.Later();
        crm.Insert(SyncSide.Local, ("A", "B"), ("B", "A"));
        var writes = 0;
        crm.Integration.Faults.BeforeCall = (call, _) =>
            call is { Operation: InMemoryOperation.Write, Table: "account" } && ++writes == 2
                ? throw new CrashException()
                : ValueTask.CompletedTask;
        var run = () => crm.Engine.SynchronizeTableAsync("CUSTOMER");
        await run.Should().ThrowAsync<CrashException>();
        var (bank, a) = (IdOf(crm, "Bank"), IdOf(crm, "A"));
        _ = crm.Accounts.Update(a, ("billtoid", FieldValue.Reference(bank, "account")));

        crm.Restart();
        _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER");
        crm.Later();
        _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER");

        var (ours, theirs) = crm.BillTo();
        var expected = isSilent ? "B" : "Bank";
        (ours["A"], theirs["A"], ours["B"], theirs["B"]).Should().Be((expected, expected, "A", "A"));
        var conflicts = new List<RecordConflict>();
        await foreach (var conflict in crm.Engine.Issues.ListConflictsAsync("CUSTOMER", includeResolved: true))
        {
            conflicts.Add(conflict);
        }

        conflicts.SelectMany(conflict => conflict.Fields).Any(field => field.Integration.IsId
            && field.Integration.AsIdentifier() == bank).Should().BeTrue("the reference that loses was on one side only");
    }

    [Fact]
    public async Task Reference_that_is_removed_while_it_is_postponed_is_not_set()
    {
        using var crm = new CircleFixture();
        crm.Insert(SyncSide.Local, ("A", "B"), ("B", "A"));
        var writes = 0;
        crm.Integration.Faults.BeforeCall = (call, _) =>
            call is { Operation: InMemoryOperation.Write, Table: "account" } && ++writes == 2
                ? throw new CrashException()
                : ValueTask.CompletedTask;
        var run = () => crm.Engine.SynchronizeTableAsync("CUSTOMER");
        await run.Should().ThrowAsync<CrashException>();
        _ = crm.Customers.Update(
            crm.Customers.Records.Single(record => record["displayName"].AsText() == "A").Id, ("billTo", null));

        crm.Restart();
        _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER");
        crm.Later();
        _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER");

        var (ours, theirs) = crm.BillTo();
        (ours["A"], theirs["A"], ours["B"], theirs["B"]).Should().Be((string.Empty, string.Empty, "A", "A"));
        (await crm.FailuresAsync()).Should().BeEmpty();
        await ShouldBeAtRestAsync(crm);
    }

    private static Guid IdOf(CircleFixture crm, string name) =>
        crm.Accounts.Records.Single(record => record["name"].AsText() == name).Id;

    private static WriteResult Silent(WriteOperation operation, WriteResult result) =>
        operation.Kind == WriteKind.Insert ? result with { Record = null, Version = null } : result;
}
