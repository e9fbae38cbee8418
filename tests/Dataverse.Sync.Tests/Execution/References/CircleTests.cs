using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.References;

/// <summary>Records that refer to themselves or to each other: rows first, references afterward, nothing waits for ever.</summary>
public sealed partial class CircleTests
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

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task Deleted_record_is_restored_although_it_refers_to_a_new_one_that_refers_to_it(SyncSide deleted)
    {
        using var crm = new CircleFixture { Deletions = DeletionPolicy.RestoreRecords };
        crm.Restart();
        crm.Insert(SyncSide.Local, ("A", ""));
        _ = await crm.Engine.SynchronizeFullAsync("CUSTOMER");
        var table = deleted == SyncSide.Local ? crm.Customers : crm.Accounts;
        table.Delete(table.Records[0].Id);
        _ = deleted == SyncSide.Local
            ? crm.Accounts.Update(crm.Accounts.Records[0].Id, ("billtoid", NewAccount()))
            : crm.Customers.Update(crm.Customers.Records[0].Id, ("billTo", NewCustomer()));

        for (var run = 0; run < 3; run++)
        {
            crm.Later();
            _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER", new() { AllowsMassDeletion = true, RetriesAllFailures = true });
        }

        ShouldAgree(crm, "each other");
        (await crm.FailuresAsync()).Should().BeEmpty();
        await ShouldBeAtRestAsync(crm);

        FieldValue NewAccount() =>
            FieldValue.Reference(crm.Accounts.Insert(("name", "B"), ("billtoid", FieldValue.Reference(crm.Accounts.Records[0].Id, "account"))).Id, "account");

        FieldValue NewCustomer() =>
            crm.Customers.Insert(("displayName", "B"), ("billTo", crm.Customers.Records[0]["number"]))["number"];
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
