using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>What stops one mapping holds back only the mappings that depend on it.</summary>
public sealed class MappingIsolationTests : IDisposable
{
    private readonly EngineFixture crm = NewFixture();

    public void Dispose() => crm.Dispose();

    [Theory]
    [InlineData(ConnectorFailure.Authorization)]
    [InlineData(ConnectorFailure.Unreachable)]
    public async Task I23_Failure_on_one_table_lets_independent_mappings_run_and_skips_dependants(ConnectorFailure reason)
    {
        Refuse("salespeople", () => new ConnectorException("BC", reason, "The table is not available."));

        var stopped = await RunAsync();

        stopped.Jobs.Select(job => (job.Key.Mapping, job.Status)).Should().Equal(
            ("SALESPERSON", SyncJobStatus.Stopped), ("CUSTOMER", SyncJobStatus.Skipped), ("PROSPECT", SyncJobStatus.Finished));
        stopped.Jobs[1].Message.Should().Contain("SALESPERSON").And.Contain("CUSTOMER");
        stopped.InnerExceptions.Should().ContainSingle().Which.Should().BeOfType<ConnectorException>()
            .Which.Failure.Should().Be(reason);
        stopped.Message.Should().ContainAll("SALESPERSON (Stopped): The table is not available.", "CUSTOMER (Skipped)");
        crm.Accounts.Count.Should().Be(1);
    }

    [Fact]
    public async Task I23_Foreign_exception_of_a_connector_stops_its_mapping_only()
    {
        Refuse("salespeople", () => new InvalidOperationException("secret"));

        var stopped = await RunAsync();

        stopped.InnerExceptions.Should().ContainSingle().Which.Should().BeOfType<InvalidOperationException>();
        stopped.Jobs[^1].Status.Should().Be(SyncJobStatus.Finished);
        stopped.Jobs[0].Message.Should().Contain(nameof(InvalidOperationException)).And.NotContain("secret");
    }

    [Fact]
    public async Task I23_Busy_lease_lets_independent_mappings_run()
    {
        var key = new MappingKey(crm.Engine.Scope.Name, "SALESPERSON");
        _ = await crm.Memory.TryAcquireLeaseAsync(key, "another", TimeSpan.FromMinutes(1), default);

        var stopped = await RunAsync();

        stopped.InnerExceptions.Should().ContainSingle().Which.Should().BeOfType<MappingBusyException>();
        stopped.Jobs.Select(job => job.Status).Should().Equal(
            SyncJobStatus.Stopped, SyncJobStatus.Skipped, SyncJobStatus.Finished);
    }

    [Fact]
    public async Task I23_Invalid_mapping_lets_independent_mappings_run_and_is_named()
    {
        crm.Engine.Mappings.Change("SALESPERSON", mapping => mapping.Field("nothing", "fullname"));

        var stopped = await RunAsync();
        var single = () => crm.Engine.SynchronizeTableAsync("SALESPERSON");
        var dependant = () => crm.Engine.SynchronizeTableAsync("CUSTOMER");

        stopped.InnerExceptions.Should().ContainSingle().Which.Should().BeOfType<SyncConfigurationException>()
            .Which.Problems.Should().Contain(problem => problem.Contains("'nothing'"));
        stopped.Jobs.Select(job => job.Status).Should().Equal(
            SyncJobStatus.Stopped, SyncJobStatus.Skipped, SyncJobStatus.Finished);
        (await crm.Engine.SynchronizeTableAsync("PROSPECT")).Status.Should().Be(SyncJobStatus.Finished);
        await single.Should().ThrowAsync<SyncConfigurationException>().WithMessage("*'nothing'*");
        await dependant.Should().ThrowAsync<SyncConfigurationException>().WithMessage("*CUSTOMER*SALESPERSON*");
    }

    [Fact]
    public async Task Circle_of_dependencies_keeps_only_its_members_from_running()
    {
        crm.Engine.Mappings.Change("SALESPERSON", mapping => mapping.DependsOn("CUSTOMER"));

        var stopped = await RunAsync();

        stopped.Jobs.Where(job => job.Status == SyncJobStatus.Finished).Should().ContainSingle()
            .Which.Key.Mapping.Should().Be("PROSPECT");
    }

    [Fact]
    public async Task Store_that_fails_for_one_mapping_stops_that_mapping()
    {
        crm.Store.Before = (_, commit) =>
        {
            if (commit?.Lease.Key.Mapping == "SALESPERSON")
            {
                throw new CouplingStoreException(CouplingStoreFailure.Unavailable, "The file is locked.");
            }
        };

        var stopped = await RunAsync();

        stopped.InnerException.Should().BeOfType<CouplingStoreException>();
        stopped.Jobs[^1].Status.Should().Be(SyncJobStatus.Finished);
    }

    [Fact]
    public async Task Failed_record_is_no_failed_mapping()
    {
        crm.Local.Faults.FailWrites(InMemoryWriteFault.Rejected);

        var jobs = await crm.Engine.SynchronizeFullAsync();

        jobs.Should().OnlyContain(job => job.Status == SyncJobStatus.Finished);
    }

    [Fact]
    public async Task Run_can_stop_at_the_first_failure()
    {
        Refuse("salespeople", () => new ConnectorException("BC", ConnectorFailure.Authorization, "No."));

        var stopped = await RunAsync(new() { StopsAtFirstFailure = true });

        stopped.Jobs.Select(job => job.Status).Should().Equal(
            SyncJobStatus.Stopped, SyncJobStatus.Skipped, SyncJobStatus.Skipped);
        stopped.Jobs[^1].Message.Should().Contain("first failure");
        crm.Accounts.Count.Should().Be(0);
    }

    [Fact]
    public async Task Job_of_a_mapping_that_was_not_run_is_in_the_job_log()
    {
        Refuse("salespeople", () => new ConnectorException("BC", ConnectorFailure.Authorization, "No."));

        _ = await RunAsync();

        var logged = await crm.JobLog.ListAsync(crm.Engine.Scope.Name, "CUSTOMER", 1, default);
        logged.Should().ContainSingle().Which.Status.Should().Be(SyncJobStatus.Skipped);
    }

    [Fact]
    public async Task Cancellation_stays_a_cancellation()
    {
        using var source = new CancellationTokenSource();
        await crm.Engine.ValidateAsync();
        crm.Local.Faults.BeforeCall = async (_, _) => await source.CancelAsync();

        var run = () => crm.Engine.SynchronizeFullAsync(cancellationToken: source.Token);

        await run.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Preview_of_all_mappings_carries_what_it_found_about_the_others()
    {
        crm.Integration.Faults.BeforeCall = (call, _) => call is { Table: "systemuser", Operation: InMemoryOperation.ReadChanges }
            ? throw new ConnectorException("Dataverse", ConnectorFailure.Authorization, "No.")
            : ValueTask.CompletedTask;

        var preview = () => crm.Engine.PreviewAsync(SyncJobKind.Full);

        var stopped = (await preview.Should().ThrowAsync<SyncRunException>()).Which;
        stopped.Preview!.Operations.Should().ContainSingle().Which.Mapping.Should().Be("PROSPECT");
        stopped.Preview.Jobs.Should().BeEquivalentTo(stopped.Jobs);
    }

    [Fact]
    public async Task Table_whose_schema_cannot_be_read_is_validated_again_by_the_next_run()
    {
        crm.Local.Faults.Fail(InMemoryOperation.GetSchema, ConnectorFailure.Unreachable);

        var stopped = await RunAsync();
        var jobs = await crm.Engine.SynchronizeFullAsync();

        stopped.InnerException.Should().BeOfType<ConnectorException>();
        stopped.Jobs[^1].Status.Should().Be(SyncJobStatus.Finished);
        jobs.Should().OnlyContain(job => job.Status == SyncJobStatus.Finished);
    }

    // Prospects are customers of another kind, so that a third mapping depends on nothing.
    private static EngineFixture NewFixture()
    {
        var crm = new EngineFixture(new FixtureOptions
        {
            Engine = options => options with
            {
                Mappings =
                [
                    .. options.Mappings,
                    new IntegrationTableMappingBuilder("PROSPECT").Between("customers", "account")
                        .LocalFilter(RecordFilter.IsNotBlank("website"))
                        .Field("displayName", "name").OnlyCoupledRecords(false).Build(),
                ],
            },
        });
        _ = crm.Customers.Insert(("displayName", "Prospect"), ("website", "prospect.com"));
        _ = crm.Users.Insert(("fullname", "Anna"));
        return crm;
    }

    private void Refuse(string table, Func<Exception> failure) => crm.Local.Faults.BeforeCall = (call, _) =>
        call.Table == table && call.Operation != InMemoryOperation.GetSchema ? throw failure() : ValueTask.CompletedTask;

    private async Task<SyncRunException> RunAsync(SyncRunOptions? options = null)
    {
        var run = () => crm.Engine.SynchronizeFullAsync(options);
        return (await run.Should().ThrowAsync<SyncRunException>()).Which;
    }
}
