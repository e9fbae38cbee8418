using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Kinds of runs, their jobs, counters, progress, and the lease.</summary>
public sealed class RunTests
{
    [Theory]
    [InlineData(true, null, 0, 2)]
    [InlineData(false, null, 2, 0)]
    [InlineData(true, false, 2, 0)]
    [InlineData(false, true, 0, 2)]
    [Trait("parity", "BC-1.1-11")]
    public async Task Run_of_modified_records_creates_only_where_the_mapping_or_the_run_says_so(
        bool mapping,
        bool? option,
        int inserted,
        int skipped)
    {
        using var crm = new EngineFixture(builder => builder.OnlyCoupledRecords(mapping));
        _ = crm.Customers.Insert(("displayName", "One"));
        _ = crm.Accounts.Insert(("name", "Two"));

        var job = await crm.ModifiedAsync(new() { OnlyCoupledRecords = option });

        job.Counters.Should().Be(new SyncCounters { Inserted = inserted, Skipped = skipped });
    }

    [Fact]
    public async Task Full_run_and_run_of_named_records_create_although_the_mapping_synchronizes_only_coupled_ones()
    {
        using var crm = new EngineFixture(builder => builder.OnlyCoupledRecords(true));
        var named = crm.Customers.Insert(("displayName", "Named")).Id;
        var other = crm.Customers.Insert(("displayName", "Other")).Id;

        var records = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, named);
        var isOtherCoupled = await crm.CouplingOfAsync(other) is not null;
        var full = await crm.FullAsync();

        (records.Kind, records.Counters).Should().Be((SyncJobKind.Records, new SyncCounters { Inserted = 1 }));
        isOtherCoupled.Should().BeFalse();
        full.Counters.Should().Be(new SyncCounters { Inserted = 1, Unchanged = 1 });
    }

    [Fact]
    [Trait("parity", "BC-1.1-18")]
    public async Task Named_records_may_be_many_and_named_twice()
    {
        using var crm = new EngineFixture();
        var ids = Enumerable.Range(0, 5).Select(number => crm.Customers.Insert(("displayName", $"C{number}")).Id)
            .ToList();

        var job = await crm.Engine.SynchronizeRecordsAsync(
            "CUSTOMER",
            SyncSide.Local,
            [.. ids, ids[0]],
            new() { PageSize = 2 });

        job.Counters.Should().Be(new SyncCounters { Inserted = 5 });
        crm.Accounts.Count.Should().Be(5);
    }

    [Fact]
    public async Task Named_record_that_exists_nowhere_is_an_error_and_needs_no_scan()
    {
        using var crm = new EngineFixture();
        _ = await crm.NewPairAsync();

        var job = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, Guid.NewGuid());

        job.Counters.Should().Be(new SyncCounters { Failed = 1 });
        crm.Local.Calls.Total.Should().Be(1);
    }

    [Fact]
    [Trait("parity", "BC-1.1-16")]
    public async Task All_modified_records_of_all_mappings_run_in_dependency_order()
    {
        using var crm = new EngineFixture(
            new FixtureOptions { Engine = options => options with { Mappings = [.. options.Mappings.Reverse()] } });
        var user = crm.Users.Insert(("fullname", "Jim Olive"), ("internalemailaddress", "jo@contoso.com")).Id;
        _ = crm.Accounts.Insert(("name", "Fabrikam"), ("ownerid", FieldValue.Reference(user, "systemuser")));

        var jobs = await crm.Engine.SynchronizeModifiedAsync();

        jobs.Select(job => (job.Key.Mapping, job.Kind, job.Counters.Inserted))
            .Should().Equal(("SALESPERSON", SyncJobKind.Modified, 1), ("CUSTOMER", SyncJobKind.Modified, 1));
    }

    [Fact]
    [Trait("parity", "BC-1.1-08")]
    [Trait("parity", "BC-1.1-09")]
    public async Task Records_outside_the_filter_take_no_part()
    {
        using var crm = new EngineFixture(builder =>
            builder
                .LocalFilter(RecordFilter.NotEqual("blocked", FieldValue.Boolean(true)))
                .IntegrationFilter(RecordFilter.NotEqual("inactive", FieldValue.Boolean(true))));
        var customer = crm.Customers.Insert(("displayName", "Blocked"), ("blocked", true)).Id;
        _ = crm.Accounts.Insert(("name", "Inactive"), ("inactive", true));

        var full = await crm.FullAsync();
        var named = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, customer);

        (full.Counters, named.Counters).Should().Be((SyncCounters.None, new SyncCounters { Skipped = 1 }));
    }

    [Theory]
    [InlineData(SyncDirection.ToIntegrationTable, 0, 1)]
    [InlineData(SyncDirection.FromIntegrationTable, 1, 0)]
    [Trait("parity", "BC-1.1-07")]
    public async Task One_way_mapping_creates_and_changes_its_target_only(
        SyncDirection direction,
        int localWrites,
        int integrationWrites)
    {
        using var crm = new EngineFixture(builder =>
            builder.Direction(direction).Field("number", "accountnumber", field => field.Direction(SyncDirection.Bidirectional)));
        _ = crm.Customers.Insert(("displayName", "Here"));
        _ = crm.Accounts.Insert(("name", "There"));

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        (crm.Local.RowsWritten, crm.Integration.RowsWritten).Should().Be((localWrites, integrationWrites));
    }

    [Fact]
    public async Task Full_run_sets_a_one_way_field_right_that_drifted_and_a_run_of_modified_records_leaves_it()
    {
        using var crm = new EngineFixture();
        var (_, account) = await crm.NewPairAsync();
        crm.Accounts.Update(account, ("accountnumber", "WRONG"));

        _ = await crm.ModifiedAsync();
        var between = crm.Accounts.Find(account)!["accountnumber"].AsText();
        crm.Later();
        var full = await crm.FullAsync();

        between.Should().Be("WRONG");
        full.Counters.Should().Be(new SyncCounters { Modified = 1 });
        crm.Accounts.Find(account)!["accountnumber"].AsText().Should().Be("C00010");
    }

    [Fact]
    public async Task Full_run_repeats_the_correction_of_a_one_way_field_that_an_earlier_one_never_sent()
    {
        using var crm = new EngineFixture();
        var (_, account) = await crm.NewPairAsync();
        crm.Accounts.Update(account, ("accountnumber", "WRONG"));
        using var stop = new CancellationTokenSource();
        crm.Integration.Faults.BeforeCall = (call, _) => call.Operation == InMemoryOperation.Write ? new(stop.CancelAsync()) : ValueTask.CompletedTask;
        var cancelled = () => crm.Engine.SynchronizeFullAsync("CUSTOMER", cancellationToken: stop.Token);
        await cancelled.Should().ThrowAsync<OperationCanceledException>();
        crm.Integration.Faults.Clear();
        crm.Later();

        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.FullAsync();

        crm.Accounts.Find(account)!["accountnumber"].AsText().Should().Be("C00010");
    }

    [Fact]
    public async Task Full_run_counts_a_pair_once_whichever_side_was_edited()
    {
        using var crm = new EngineFixture();
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            _ = crm.Customers.Insert(("displayName", name));
        }

        await crm.ConvergeAsync();
        var pairs = await crm.CouplingsAsync();
        crm.Customers.Update(pairs[0].LocalId, ("displayName", "ours"));
        crm.Accounts.Update(pairs[1].IntegrationId, ("name", "theirs"));
        crm.Customers.Update(pairs[2].LocalId, ("displayName", "both"));
        crm.Accounts.Update(pairs[2].IntegrationId, ("name", "differ"));

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Modified = 2, Conflicted = 1, Unchanged = 1 });
    }

    [Fact]
    public async Task Job_is_logged_from_start_to_end_with_its_errors()
    {
        using var crm = new EngineFixture();
        var customer = crm.Customers.Insert(("displayName", "Adatum")).Id;
        crm.Integration.Faults.OnWrite = (_, _) => InMemoryWriteFault.Rejected;
        SyncJob? running = null;
        crm.Local.Faults.BeforeCall = async (_, cancellationToken) =>
        {
            running ??= (await crm.JobLog.ListAsync(crm.Engine.Scope.Name, "CUSTOMER", 1, cancellationToken)) is [var logged, ..]
                ? logged
                : null;
            crm.Time.Advance(TimeSpan.FromSeconds(1));
        };

        var job = await crm.FullAsync();

        running.Should()
            .BeEquivalentTo(new { job.Id, Status = SyncJobStatus.Running, FinishedOn = (DateTimeOffset?)null });
        var stored = (await crm.JobLog.ListAsync(crm.Engine.Scope.Name, "CUSTOMER", 10, default))
            .Should().ContainSingle().Subject;
        stored.Should().Be(job);
        (job.Status, job.FinishedOn > job.StartedOn).Should().Be((SyncJobStatus.Finished, true));
        (await crm.ErrorsAsync(job))
            .Should().ContainSingle()
            .Which.Should()
            .BeEquivalentTo(
                new
                {
                    JobId = job.Id,
                    Record = new RecordKey(SyncSide.Local, customer),
                    Error = new { Code = InMemoryErrorCodes.InjectedFault },
                });
    }

    [Fact]
    public async Task Run_that_a_system_stops_is_logged_as_stopped_and_thrown()
    {
        using var crm = new EngineFixture();
        _ = await crm.NewPairAsync();
        crm.Local.Faults.Fail(InMemoryOperation.ReadChanges, ConnectorFailure.Authentication);

        var run = () => crm.ModifiedAsync();

        (await run.Should().ThrowAsync<ConnectorException>()).Which.Failure
            .Should().Be(ConnectorFailure.Authentication);
        var job = (await crm.JobLog.ListAsync(crm.Engine.Scope.Name, "CUSTOMER", 1, default))[0];
        (job.Status, job.Message)
            .Should()
            .Be(
                (SyncJobStatus.Stopped, "Business Central (in memory): ReadChanges of 'customers' fails because the test says so."));
        (await crm.ModifiedAsync()).Status.Should().Be(SyncJobStatus.Finished);
    }

    [Fact]
    public async Task Progress_tells_every_step_and_page()
    {
        using var crm = new EngineFixture();
        Enumerable.Range(0, 5).ToList().ForEach(number => crm.Customers.Insert(("displayName", $"C{number}")));
        var progress = new List<SyncProgress>();

        _ = await crm.ModifiedAsync(new() { PageSize = 2, Progress = new Immediate(progress) });

        progress.Select(item => item.Stage).Distinct().Should().Equal(
            SyncStage.Recovery,
            SyncStage.Retrying,
            SyncStage.LocalChanges,
            SyncStage.IntegrationChanges,
            SyncStage.Deletions,
            SyncStage.Finished);
        progress.Where(item => item.Stage == SyncStage.LocalChanges)
            .Select(item => (item.RecordsRead, item.Counters.Inserted))
            .Should().Equal((0, 0), (2, 2), (4, 4), (5, 5));
    }

    [Fact]
    [Trait("parity", "BC-1.1-17")]
    public async Task Second_engine_on_the_store_is_kept_out_while_a_run_is_under_way()
    {
        using var crm = new EngineFixture();
        using var second = crm.NewEngine();
        Exception? thrown = null;
        crm.Local.Faults.BeforeCall = async (call, _) =>
        {
            if (call.Operation == InMemoryOperation.ReadChanges)
            {
                thrown = await Record.ExceptionAsync(() => second.SynchronizeTableAsync("CUSTOMER"));
            }
        };

        _ = await crm.ModifiedAsync();
        crm.Local.Faults.Clear();

        thrown.Should().BeOfType<MappingBusyException>().Which.Key.Mapping.Should().Be("CUSTOMER");
        (await second.SynchronizeTableAsync("CUSTOMER")).Status.Should().Be(SyncJobStatus.Finished);
    }

    [Fact]
    [Trait("parity", "BC-1.1-17")]
    public async Task Run_whose_lease_was_taken_over_commits_nothing_more()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Integration.Faults.BeforeCall = async (call, cancellationToken) =>
        {
            if (call.Operation == InMemoryOperation.ReadById)
            {
                await crm.Memory.ReleaseLeaseAsync(crm.Store.Lease!, cancellationToken);
                _ = await crm.Memory.TryAcquireLeaseAsync(
                    crm.Store.Lease!.Key,
                    "another",
                    TimeSpan.FromHours(1),
                    cancellationToken);
            }
        };

        var run = () => crm.ModifiedAsync();

        await run.Should().ThrowAsync<LeaseLostException>();
        crm.Name(account).Should().Be("Adatum");
        crm.Writes.Should().Be(0);
    }

    [Fact]
    public async Task Lease_is_renewed_while_a_run_takes_long()
    {
        using var crm = new EngineFixture();
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        using var second = crm.NewEngine();
        var busy = 0;
        crm.Integration.Faults.BeforeCall = async (call, _) =>
        {
            if (call.Operation == InMemoryOperation.Write && busy == 0)
            {
                for (var minute = 0; minute < 5; minute++)
                {
                    crm.Time.Advance(TimeSpan.FromSeconds(25));
                    busy += await Record.ExceptionAsync(() => second.SynchronizeTableAsync("CUSTOMER")) is MappingBusyException
                        ? 1
                        : 0;
                }
            }
        };

        var job = await crm.FullAsync();

        (busy, job.Counters.Inserted).Should().Be((5, 1));
    }

    private sealed class Immediate(List<SyncProgress> items) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => items.Add(value);
    }
}
