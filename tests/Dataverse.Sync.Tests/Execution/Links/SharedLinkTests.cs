using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;
using static Dataverse.Sync.Tests.Fixture.LinkFixture;

namespace Dataverse.Sync.Tests.Execution.Links;

/// <summary>Two mappings over one pair of tables: the link belongs to the tables, versions and base to each mapping.</summary>
public sealed class SharedLinkTests
{
    public static TheoryData<string, string> BothOrders() => new() { { Names, Credits }, { Credits, Names } };

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task A_record_that_one_mapping_created_is_the_partner_for_the_other(SyncSide source)
    {
        using var crm = new LinkFixture();
        _ = source == SyncSide.Local
            ? crm.Customers.Insert(("displayName", "Adatum"), ("creditLimit", 10m))
            : crm.Accounts.Insert(("name", "Adatum"), ("creditlimit", 10m));

        var jobs = await crm.Engine.SynchronizeFullAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (crm.Customers.Records[0]["displayName"].AsText(), crm.Customers.Records[0]["creditLimit"].AsDecimal()).Should().Be(("Adatum", 10m));
        (crm.Accounts.Records[0]["name"].AsText(), crm.Accounts.Records[0]["creditlimit"].AsDecimal()).Should().Be(("Adatum", 10m));
        (await crm.LinksAsync(Names)).Should().ContainSingle().And.BeEquivalentTo(await crm.LinksAsync(Credits));
        jobs.Select(job => job.Status).Should().OnlyContain(status => status == SyncJobStatus.Finished);
        await crm.ShouldBeAtRestAsync();
    }

    [Theory]
    [MemberData(nameof(BothOrders))]
    public async Task Mappings_that_are_run_one_by_one_share_the_link(string first, string second)
    {
        using var crm = new LinkFixture();
        _ = crm.Customers.Insert(("displayName", "Adatum"), ("creditLimit", 10m));
        _ = await crm.Engine.SynchronizeTableAsync(first);
        crm.Later();
        _ = await crm.Engine.SynchronizeTableAsync(second);

        crm.Accounts.Count.Should().Be(1);
        crm.Accounts.Records[0]["name"].AsText().Should().Be("Adatum");
        crm.Accounts.Records[0]["creditlimit"].AsDecimal().Should().Be(10m);
        await crm.ShouldBeAtRestAsync();
    }

    [Fact]
    public async Task An_edit_that_one_mapping_has_seen_still_travels_in_the_other()
    {
        using var crm = new LinkFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("creditLimit", 20m));
        crm.Accounts.Update(account, ("name", "Adatum Ltd."));

        _ = await crm.Engine.SynchronizeTableAsync(Names);
        crm.Later();
        var before = crm.Accounts.Find(account)!["creditlimit"].AsDecimal();
        _ = await crm.Engine.SynchronizeTableAsync(Credits);

        before.Should().Be(10m);
        crm.Accounts.Find(account)!["creditlimit"].AsDecimal().Should().Be(20m);
        crm.Customers.Find(customer)!["displayName"].AsText().Should().Be("Adatum Ltd.");
        await crm.ShouldBeAtRestAsync();
    }

    [Theory]
    [MemberData(nameof(BothOrders))]
    public async Task What_a_person_uncouples_in_one_mapping_is_uncoupled_in_the_other(string first, string second)
    {
        using var crm = new LinkFixture();
        var (customer, account) = await crm.NewPairAsync();

        _ = await crm.Engine.Couplings.UncoupleAsync(first, SyncSide.Local, [customer]);
        var left = await crm.LinksAsync(second);
        crm.Customers.Update(customer, ("displayName", "Edited"), ("creditLimit", 5m));
        crm.Accounts.Update(account, ("name", "Other"), ("creditlimit", 6m));
        await crm.ConvergeAsync();

        left.Should().BeEmpty();
        (crm.Customers.Count, crm.Accounts.Count, crm.Writes).Should().Be((1, 1, 0));
        (await crm.LinksAsync(first)).Should().BeEmpty();
        (await crm.LinksAsync(second)).Should().BeEmpty();

        _ = await crm.Engine.Couplings.CoupleAsync(second, customer, account);
        await crm.ConvergeAsync();

        (await crm.LinksAsync(first)).Should().Equal((customer, account));
        (await crm.LinksAsync(second)).Should().Equal((customer, account));
        (await crm.Engine.Doubts.ListUncoupledAsync(first).ToListAsync()).Should().BeEmpty();
        (await crm.Engine.Doubts.ListUncoupledAsync(second).ToListAsync()).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(BothOrders))]
    public async Task While_one_mapping_is_run_the_other_is_busy(string running, string other)
    {
        using var crm = new LinkFixture();
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        using var second = crm.NewEngine();
        Exception? refusal = null;
        crm.Integration.Faults.BeforeCall = async (call, _) =>
        {
            if (call.Operation == InMemoryOperation.Write && refusal is null)
            {
                refusal = await Record.ExceptionAsync(() => second.SynchronizeTableAsync(other));
            }
        };

        _ = await crm.Engine.SynchronizeTableAsync(running);

        refusal.Should().BeOfType<MappingBusyException>();
        crm.Integration.Faults.Clear();
        (await second.SynchronizeTableAsync(other)).Status.Should().Be(SyncJobStatus.Finished);
        crm.Accounts.Count.Should().Be(1);
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task A_record_with_an_uncertain_insert_of_one_mapping_waits_in_the_other(SyncSide source)
    {
        using var crm = new LinkFixture();
        _ = source == SyncSide.Local
            ? crm.Customers.Insert(("displayName", "Adatum"), ("creditLimit", 10m))
            : crm.Accounts.Insert(("name", "Adatum"), ("creditlimit", 10m));
        var target = source == SyncSide.Local ? crm.Integration : crm.Local;
        target.Faults.AfterCall = (call, _) => call.Operation == InMemoryOperation.Write
            ? throw new ConnectorException("Test", ConnectorFailure.Unreachable, "The answer is lost.")
            : ValueTask.CompletedTask;
        _ = await Record.ExceptionAsync(() => crm.Engine.SynchronizeTableAsync(Names));
        target.Faults.Clear();

        _ = await crm.Engine.SynchronizeTableAsync(Credits);

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        await crm.ConvergeAsync();
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.LinksAsync(Credits)).Should().ContainSingle().And.BeEquivalentTo(await crm.LinksAsync(Names));
        crm.Accounts.Records[0]["creditlimit"].AsDecimal().Should().Be(10m);
        crm.Customers.Records[0]["creditLimit"].AsDecimal().Should().Be(10m);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_call_of_the_store_the_two_end_with_one_pair(bool isAfter)
    {
        for (var moment = 1; ; moment++)
        {
            using var crm = new LinkFixture(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
            var (customer, _) = await crm.NewPairAsync();
            crm.Customers.Delete(customer);
            _ = crm.Customers.Insert(("displayName", "New"), ("creditLimit", 20m));
            _ = crm.Accounts.Insert(("name", "There"), ("creditlimit", 30m));
            var end = crm.Store.Calls + moment;
            void Kill(int call, StoreCommit? commit)
            {
                if (call >= end)
                {
                    throw new InvalidOperationException("killed");
                }
            }

            _ = isAfter ? crm.Store.After = Kill : crm.Store.Before = Kill;
            var killed = await Record.ExceptionAsync(() => crm.Engine.SynchronizeModifiedAsync(new() { AllowsMassDeletion = true }));
            crm.Restart();
            await crm.ConvergeAsync();

            (crm.Customers.Count, crm.Accounts.Count).Should().Be((2, 2), $"killed at {moment}");
            (await crm.LinksAsync(Credits)).Should().HaveCount(2).And.BeEquivalentTo(await crm.LinksAsync(Names));
            crm.Accounts.Records.Select(account => (account["name"].AsText(), account["creditlimit"].AsDecimal()))
                .Should().BeEquivalentTo([("New", 20m), ("There", 30m)]);
            if (killed is null)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task A_preview_shows_what_the_run_does()
    {
        using var crm = new LinkFixture();
        var (customer, _) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("creditLimit", 20m));
        _ = crm.Customers.Insert(("displayName", "New"), ("creditLimit", 30m));
        _ = crm.Accounts.Insert(("name", "There"), ("creditlimit", 40m));

        var preview = await crm.Engine.PreviewAsync(SyncJobKind.Modified);
        var jobs = await crm.Engine.SynchronizeModifiedAsync();

        preview.Jobs.Select(job => (job.Key.Mapping, job.Counters)).Should().Equal(jobs.Select(job => (job.Key.Mapping, job.Counters)));
        jobs.Sum(job => job.Counters.Inserted).Should().Be(2);
    }

    [Fact]
    public async Task Links_that_contradict_each_other_stay_with_their_mappings_and_are_reported()
    {
        using var crm = new LinkFixture();
        var (customer, account) = await crm.NewPairAsync();
        var other = crm.Accounts.Insert(("name", "Other"), ("creditlimit", 70m)).Id;
        await MoveAsync(crm, Credits, customer, other);

        await crm.ConvergeAsync();
        crm.Customers.Update(customer, ("displayName", "Edited"), ("creditLimit", 80m));
        await crm.ConvergeAsync();

        (await crm.LinksAsync(Names)).Should().Equal((customer, account));
        (await crm.LinksAsync(Credits)).Should().Equal((customer, other));
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 2));
        (await crm.Engine.Issues.ListFailuresAsync(Names).ToListAsync())
            .Should().ContainSingle(failure => failure.Record.Id == other).Which.Error.Code.Should().Be(SyncErrorCodes.ContradictingLinks);
        crm.Accounts.Find(account)!["name"].AsText().Should().Be("Edited");
        crm.Accounts.Find(other)!["creditlimit"].AsDecimal().Should().Be(80m);
        var report = await crm.Engine.DiagnoseAsync();
        report.Findings.Should().Contain(finding => finding.Code == DiagnosisCodes.ContradictingLinks)
            .Which.Message.Should().Contain(Names).And.Contain(Credits);
    }

    private static async Task MoveAsync(LinkFixture crm, string mapping, Guid customer, Guid account)
    {
        var key = new MappingKey(crm.Engine.Scope.Name, mapping);
        var lease = await crm.Memory.TryAcquireLeaseAsync(key, "test", TimeSpan.FromMinutes(1), default);
        await crm.Memory.CommitAsync(
            new() { Lease = lease!, Couplings = [Coupling.Between(SyncSide.Local, customer, account)] }, default);
        await crm.Memory.ReleaseLeaseAsync(lease!, default);
    }
}
