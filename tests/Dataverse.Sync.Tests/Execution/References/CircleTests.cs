using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.References;

/// <summary>Records that refer to themselves or to each other: rows first, references afterward, nothing waits for ever.</summary>
public sealed class CircleTests
{
    private static readonly Dictionary<string, (string, string)[]> Shapes = new()
    {
        ["itself"] = [("A", "A")],
        ["each other"] = [("A", "B"), ("B", "A")],
        ["chain into a circle"] = [("A", "B"), ("B", "C"), ("C", "D"), ("D", "E"), ("E", "D")],
        ["two circles and who points to them"] =
            [("A", "A"), ("B", "C"), ("C", "B"), ("D", "A"), ("E", "B"), ("F", ""), ("G", "F")],
        ["chain that comes before its end"] = [("A", "B"), ("B", "C"), ("C", "")],
    };

    public static TheoryData<string, SyncSide, bool> EveryShape()
    {
        var data = new TheoryData<string, SyncSide, bool>();
        foreach (var shape in Shapes.Keys)
        {
            foreach (var isFull in new[] { true, false })
            {
                data.Add(shape, SyncSide.Local, isFull);
                data.Add(shape, SyncSide.Integration, isFull);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryShape))]
    public async Task Circle_lands_in_the_run_that_meets_it(string shape, SyncSide source, bool isFull)
    {
        using var crm = new CircleFixture();
        if (!isFull)
        {
            _ = await crm.Engine.SynchronizeFullAsync();
            crm.Later();
        }

        crm.Insert(source, Shapes[shape]);

        var job = isFull
            ? await crm.Engine.SynchronizeFullAsync("CUSTOMER")
            : await crm.Engine.SynchronizeTableAsync("CUSTOMER");

        ShouldAgree(crm, shape);
        (await crm.FailuresAsync()).Should().BeEmpty();
        (job.Counters.Inserted, job.Counters.Failed).Should().Be((Shapes[shape].Length, 0));
        (await crm.Engine.JobLog.ListErrorsAsync(job.Id, default)).Should().BeEmpty();
        await ShouldBeAtRestAsync(crm);
        ShouldAgree(crm, shape);
    }

    [Theory]
    [MemberData(nameof(EveryShape))]
    public async Task Preview_of_a_circle_shows_the_writes_of_the_run(string shape, SyncSide source, bool isFull)
    {
        using var crm = new CircleFixture();
        _ = await crm.Engine.SynchronizeFullAsync();
        crm.Later();
        crm.Insert(source, Shapes[shape]);
        var kind = isFull ? SyncJobKind.Full : SyncJobKind.Modified;

        var preview = await crm.Engine.PreviewAsync("CUSTOMER", kind);
        (crm.Customers.Count + crm.Accounts.Count).Should().Be(Shapes[shape].Length);
        var job = isFull
            ? await crm.Engine.SynchronizeFullAsync("CUSTOMER")
            : await crm.Engine.SynchronizeTableAsync("CUSTOMER");

        preview.Jobs.Single().Counters.Should().Be(job.Counters);
        preview.Errors.Should().BeEmpty();
        preview.Operations.Count(operation => operation.Kind == WriteKind.Insert).Should().Be(Shapes[shape].Length);
        preview.Operations.Where(operation => operation.Kind == WriteKind.Update).Select(Text)
            .Should().BeEquivalentTo(WritesOf(crm, WriteKind.Update));
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task Kill_anywhere_between_the_rows_and_their_references_loses_neither(SyncSide source)
    {
        for (var moment = 1; ; moment++)
        {
            foreach (var isAfter in new[] { false, true })
            {
                using var crm = new CircleFixture();
                crm.Insert(source, Shapes["two circles and who points to them"]);
                var isKilled = await RunUntilKilledAsync(crm, moment, isAfter);
                if (!isKilled)
                {
                    moment.Should().BeGreaterThan(8);
                    return;
                }

                crm.Restart();
                _ = await crm.Engine.SynchronizeModifiedAsync();
                crm.Later();
                _ = await crm.Engine.SynchronizeModifiedAsync();

                ShouldAgree(crm, "two circles and who points to them");
                (await crm.FailuresAsync()).Should().BeEmpty();
                await ShouldBeAtRestAsync(crm);
            }
        }
    }

    [Theory]
    [InlineData("itself", SyncSide.Local)]
    [InlineData("itself", SyncSide.Integration)]
    [InlineData("each other", SyncSide.Local)]
    [InlineData("each other", SyncSide.Integration)]
    public async Task Deleted_records_of_a_circle_are_restored_with_references_to_each_other(string shape, SyncSide deleted)
    {
        using var crm = new CircleFixture { Deletions = DeletionPolicy.RestoreRecords };
        crm.Restart();
        crm.Insert(SyncSide.Local, Shapes[shape]);
        _ = await crm.Engine.SynchronizeFullAsync("CUSTOMER");
        var table = deleted == SyncSide.Local ? crm.Customers : crm.Accounts;
        foreach (var record in table.Records)
        {
            table.Delete(record.Id);
        }

        crm.Later();
        _ = await crm.Engine.SynchronizeFullAsync("CUSTOMER", new() { AllowsMassDeletion = true });
        crm.Later();
        _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER");

        ShouldAgree(crm, shape);
        (await crm.FailuresAsync()).Should().BeEmpty();
        await ShouldBeAtRestAsync(crm);
    }

    [Fact]
    public async Task Circle_that_an_earlier_version_left_waiting_lands_in_a_run_of_modified_records()
    {
        using var crm = new CircleFixture();
        crm.Insert(SyncSide.Local, ("A", "B"), ("B", "A"));
        var ids = crm.Customers.Records.Select(record => record.Id).ToList();
        foreach (var id in ids)
        {
            _ = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, id);
        }

        (await crm.FailuresAsync()).Should().HaveCount(2).And.OnlyContain(failure =>
            failure.State == RecordFailureState.Waiting && failure.Error.Code == SyncErrorCodes.ReferenceNotCoupled);

        _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER", new() { OnlyCoupledRecords = true });

        ShouldAgree(crm, "each other");
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Named_records_of_a_circle_land_together()
    {
        using var crm = new CircleFixture();
        crm.Insert(SyncSide.Local, ("A", "B"), ("B", "A"), ("C", "C"));
        var ids = crm.Customers.Records.Select(record => record.Id).ToList();

        var job = await crm.Engine.SynchronizeRecordsAsync("CUSTOMER", SyncSide.Local, ids);

        job.Counters.Should().Be(new SyncCounters { Inserted = 3 });
        crm.BillTo().Integration.Should().BeEquivalentTo(crm.BillTo().Local);
    }

    [Theory]
    [InlineData(SyncSide.Local, true)]
    [InlineData(SyncSide.Integration, true)]
    [InlineData(SyncSide.Local, false)]
    [InlineData(SyncSide.Integration, false)]
    public async Task Circle_through_two_mappings_lands_in_one_run_of_all_mappings(SyncSide source, bool isFull)
    {
        using var crm = new CircleFixture();
        if (!isFull)
        {
            _ = await crm.Engine.SynchronizeFullAsync();
            crm.Later();
        }

        InsertWithContact(crm, source);
        var preview = await crm.Engine.PreviewAsync(isFull ? SyncJobKind.Full : SyncJobKind.Modified);

        var jobs = isFull
            ? await crm.Engine.SynchronizeFullAsync()
            : await crm.Engine.SynchronizeModifiedAsync();

        ContactsShouldAgree(crm);
        jobs.Select(job => (job.Key.Mapping, job.Counters.Inserted, job.Counters.Failed, job.Status))
            .Should().Equal(
                ("CUSTOMER", 1, 0, SyncJobStatus.Finished), ("CONTACT", 1, 0, SyncJobStatus.Finished));
        preview.Jobs.Select(job => job.Counters).Should().Equal(jobs.Select(job => job.Counters));
        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.FailuresAsync("CONTACT")).Should().BeEmpty();
        await ShouldBeAtRestAsync(crm);
        ContactsShouldAgree(crm);
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task Circle_through_two_mappings_lands_in_runs_of_single_mappings(SyncSide source)
    {
        using var crm = new CircleFixture();
        InsertWithContact(crm, source);

        foreach (var mapping in new[] { "CUSTOMER", "CONTACT", "CUSTOMER", "CONTACT" })
        {
            _ = await crm.Engine.SynchronizeTableAsync(mapping);
        }

        ContactsShouldAgree(crm);
        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.FailuresAsync("CONTACT")).Should().BeEmpty();
        await ShouldBeAtRestAsync(crm);
    }

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
            && field.Integration.AsIdentifier() == bank).Should().Be(isSilent);
    }

    [Fact]
    public async Task Without_a_circle_a_run_sends_no_request_for_it()
    {
        using var crm = new CircleFixture();
        crm.Insert(SyncSide.Local, ("A", ""), ("B", "A"));
        _ = await crm.Engine.SynchronizeFullAsync();
        crm.Later();
        _ = await crm.Engine.SynchronizeModifiedAsync();
        crm.Later();
        crm.Local.ResetCounters();
        crm.Integration.ResetCounters();

        _ = await crm.Engine.SynchronizeModifiedAsync();

        (crm.Local.Calls.Total + crm.Integration.Calls.Total).Should().Be(4);
    }

    [Fact]
    public async Task Member_that_is_refused_holds_back_nobody_for_ever()
    {
        using var crm = new CircleFixture();
        crm.Insert(SyncSide.Local, ("A", "B"), ("B", "C"), ("C", "A"));
        crm.Integration.Faults.OnWrite = (_, operation) => operation.Kind == WriteKind.Insert
            && operation.Fields.Any(field => field.Value == FieldValue.Text("B"))
                ? InMemoryWriteFault.Rejected
                : InMemoryWriteFault.None;

        _ = await crm.Engine.SynchronizeFullAsync("CUSTOMER");
        crm.Accounts.Count.Should().Be(2);
        crm.Restart();
        _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER");

        crm.BillTo().Integration.Should().BeEquivalentTo(crm.BillTo().Local);
        (await crm.FailuresAsync()).Should().BeEmpty();
        await ShouldBeAtRestAsync(crm);
    }

    [Fact]
    public async Task Circle_with_a_member_that_has_a_match_keeps_the_references_of_both_sides()
    {
        using var crm = new CircleFixture();
        _ = crm.Accounts.Insert(("name", "A"));
        crm.Insert(SyncSide.Local, ("A", "B"), ("B", "A"));

        _ = await crm.Engine.SynchronizeFullAsync("CUSTOMER");

        ShouldAgree(crm, "each other");
        (await crm.FailuresAsync()).Should().BeEmpty();
        await ShouldBeAtRestAsync(crm);
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

    private static string Text(PlannedOperation operation) =>
        string.Join(',', operation.Fields.Select(field => field.Field).Order());

    private static IEnumerable<string> WritesOf(CircleFixture crm, WriteKind kind) =>
        new[] { crm.Local, crm.Integration }.SelectMany(system => system.Writes)
            .Where(write => write.Kind == kind)
            .Select(write => string.Join(',', write.Fields.Select(field => field.Field).Order()));

    private static void ShouldAgree(CircleFixture crm, string shape)
    {
        var (local, integration) = crm.BillTo();
        var expected = Shapes[shape].ToDictionary(customer => customer.Item1, customer => customer.Item2);
        local.Should().BeEquivalentTo(expected);
        integration.Should().BeEquivalentTo(expected);
    }

    private static void InsertWithContact(CircleFixture crm, SyncSide source)
    {
        if (source == SyncSide.Local)
        {
            var person = crm.Contacts.Insert(("displayName", "Anna"), ("company", "A")).Id;
            _ = crm.Customers.Insert(("displayName", "A"), ("number", "A"), ("contactId", person));
        }
        else
        {
            var account = crm.Accounts.Insert(("name", "A")).Id;
            var person = crm.Persons.Insert(
                ("fullname", "Anna"), ("parentcustomerid", FieldValue.Reference(account, "account"))).Id;
            _ = crm.Accounts.Update(account, ("primarycontactid", FieldValue.Reference(person, "contact")));
        }
    }

    private static void ContactsShouldAgree(CircleFixture crm)
    {
        var (customer, contact) = (crm.Customers.Records.Single(), crm.Contacts.Records.Single());
        var (account, person) = (crm.Accounts.Records.Single(), crm.Persons.Records.Single());
        customer["contactId"].AsIdentifier().Should().Be(contact.Id);
        contact["company"].Should().Be(customer["number"]);
        account["primarycontactid"].AsIdentifier().Should().Be(person.Id);
        person["parentcustomerid"].AsIdentifier().Should().Be(account.Id);
    }

    private static async Task<bool> RunUntilKilledAsync(CircleFixture crm, int moment, bool isAfter)
    {
        var commits = 0;
        void Count(int call, StoreCommit? commit)
        {
            if (commit is not null && ++commits == moment)
            {
                throw new CrashException();
            }
        }

        _ = isAfter ? crm.Store.After = Count : crm.Store.Before = Count;
        try
        {
            _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER");
            return false;
        }
        catch (CrashException)
        {
            return true;
        }
    }

    private static async Task ShouldBeAtRestAsync(CircleFixture crm)
    {
        // The numbers that Business Central assigned travel back in the next run.
        crm.Later();
        _ = await crm.Engine.SynchronizeModifiedAsync();
        crm.Later();
        crm.Local.ResetCounters();
        crm.Integration.ResetCounters();
        _ = await crm.Engine.SynchronizeModifiedAsync();
        crm.Later();
        _ = await crm.Engine.SynchronizeFullAsync();
        crm.Writes.Should().Be(0);
    }

    private sealed class CrashException : Exception;
}
