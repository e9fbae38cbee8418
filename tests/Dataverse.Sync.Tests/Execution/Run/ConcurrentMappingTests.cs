using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>A run of all mappings runs those at once that do not need each other.</summary>
public sealed class ConcurrentMappingTests
{
    private static readonly ConnectorException Refusal = new("BC", ConnectorFailure.Authorization, "No.");

    [Fact]
    public async Task Mappings_that_do_not_need_each_other_run_at_once_and_their_jobs_keep_the_order()
    {
        using var crm = new ConcurrencyFixture([New("a"), New("b"), New("c")]);

        var run = crm.Engine.SynchronizeFullAsync();
        crm.Gate.Held.Should().Equal("a", "b", "c");
        crm.Gate.Open("c");
        crm.Gate.Open("a");
        run.IsCompleted.Should().BeFalse();
        crm.Gate.Open("b");

        (await run).Select(job => (job.Key.Mapping, job.Status, job.Counters.Inserted)).Should().Equal(
            ("A", SyncJobStatus.Finished, 1), ("B", SyncJobStatus.Finished, 1), ("C", SyncJobStatus.Finished, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_more_mappings_run_at_once_than_the_option_says(int limit)
    {
        using var crm = new ConcurrencyFixture(
            [New("a"), New("b"), New("c")], options => options with { MaxConcurrentMappings = limit });

        var run = crm.Engine.SynchronizeFullAsync();
        foreach (var expected in limit == 1 ? ["a", "b", "c"] : new[] { "a,b", "b,c", "c" })
        {
            string.Join(',', crm.Gate.Held.Order()).Should().Be(expected);
            crm.Gate.Open(crm.Gate.Held.Order().First());
        }

        (await run).Should().HaveCount(3);
    }

    [Fact]
    public async Task Mapping_waits_for_its_dependencies_only()
    {
        using var crm = new ConcurrencyFixture([New("a"), New("b"), New("c", mapping => mapping.DependsOn("B")), New("d")]);

        var run = crm.Engine.SynchronizeFullAsync();
        crm.Gate.Held.Should().BeEquivalentTo("a", "b", "d");
        crm.Gate.Open("b");
        crm.Gate.Held.Should().BeEquivalentTo("a", "c", "d");
        OpenAll(crm, "a", "c", "d");

        (await run).Select(job => job.Key.Mapping).Should().Equal("A", "B", "C", "D");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mappings_joined_by_a_lookup_run_in_the_order_of_the_catalog(bool isTargetFirst)
    {
        var (target, source) = (New("a"), New("b", mapping => mapping.Lookup("other", "otherid", via: "A", localKey: "number")));
        using var crm = new ConcurrencyFixture(isTargetFirst ? [target, source] : [source, target]);

        var run = crm.Engine.SynchronizeFullAsync();
        var (first, second) = isTargetFirst ? ("a", "b") : ("b", "a");
        crm.Gate.Held.Should().Equal(first);
        crm.Gate.Open(first);
        crm.Gate.Held.Should().Equal(second);
        crm.Gate.Open(second);

        (await run).Should().OnlyContain(job => job.Status == SyncJobStatus.Finished);
    }

    [Fact]
    public async Task Mappings_whose_lookups_lead_round_in_a_circle_run_one_after_the_other()
    {
        static IntegrationTableMapping Leading(string from, string to) =>
            New(from, mapping => mapping.Lookup("other", "otherid", via: to, localKey: "number"));
        using var crm = new ConcurrencyFixture([Leading("a", "B"), Leading("b", "C"), Leading("c", "A"), New("d")]);

        var run = crm.Engine.SynchronizeFullAsync();
        crm.Gate.Open("d");
        foreach (var table in new[] { "a", "b", "c" })
        {
            crm.Gate.Held.Should().Equal(table);
            crm.Gate.Open(table);
        }

        (await run).Should().OnlyContain(job => job.Status == SyncJobStatus.Finished);
    }

    [Fact]
    public async Task Mappings_over_the_same_tables_run_one_after_the_other()
    {
        using var crm = new ConcurrencyFixture(
            [New("a"), ConcurrencyFixture.Mapping("OTHER", "a", change: null), New("b")]);

        var run = crm.Engine.SynchronizeFullAsync();
        crm.Gate.Held.Should().BeEquivalentTo("a", "b");
        crm.Gate.Open("b");
        crm.Gate.Open("a");
        crm.Gate.Held.Should().Equal("a");
        crm.Gate.Open("a");

        (await run).Select(job => job.Counters.Inserted).Should().Equal(1, 0, 1);
    }

    [Fact]
    public async Task Mapping_waits_through_one_that_is_switched_off()
    {
        using var crm = new ConcurrencyFixture(
            [New("a"), New("b", mapping => mapping.DependsOn("A").Enabled(false)), New("c", mapping => mapping.DependsOn("B"))]);

        var run = crm.Engine.SynchronizeFullAsync();
        crm.Gate.Held.Should().Equal("a");
        crm.Gate.Open("a");
        crm.Gate.Held.Should().Equal("c");
        crm.Gate.Open("c");

        (await run).Select(job => job.Status).Should()
            .Equal(SyncJobStatus.Finished, SyncJobStatus.Skipped, SyncJobStatus.Finished);
    }

    [Fact]
    public async Task What_stops_one_mapping_holds_back_its_dependants_while_others_go_on()
    {
        using var crm = new ConcurrencyFixture([New("a"), New("b"), New("c", mapping => mapping.DependsOn("A")), New("d")]);

        var run = crm.Engine.SynchronizeFullAsync();
        crm.Gate.Open("d", Refusal);
        crm.Gate.Open("a", new ConnectorException("BC", ConnectorFailure.Unreachable, "Gone."));
        crm.Gate.Held.Should().Equal("b");
        crm.Gate.Open("b");

        var stopped = (await run.Awaiting(ended => ended).Should().ThrowAsync<SyncRunException>()).Which;
        stopped.Jobs.Select(job => job.Status).Should().Equal(
            SyncJobStatus.Stopped, SyncJobStatus.Finished, SyncJobStatus.Skipped, SyncJobStatus.Stopped);
        stopped.InnerExceptions.Select(failure => failure.Message).Should().Equal("Gone.", "No.");
    }

    [Fact]
    public async Task Run_that_stops_at_the_first_failure_runs_one_mapping_after_the_other()
    {
        using var crm = new ConcurrencyFixture([New("a"), New("b")]);

        var run = crm.Engine.SynchronizeFullAsync(new SyncRunOptions { StopsAtFirstFailure = true });
        crm.Gate.Held.Should().Equal("a");
        crm.Gate.Open("a", Refusal);
        crm.Gate.Held.Should().BeEmpty();

        var stopped = (await run.Awaiting(ended => ended).Should().ThrowAsync<SyncRunException>()).Which;
        stopped.Jobs.Select(job => job.Status).Should().Equal(SyncJobStatus.Stopped, SyncJobStatus.Skipped);
    }

    [Fact]
    public async Task Preview_runs_one_mapping_after_the_other()
    {
        using var crm = new ConcurrencyFixture([New("a"), New("b")]);

        var preview = crm.Engine.PreviewAsync(SyncJobKind.Full);
        foreach (var table in new[] { "a", "b" })
        {
            crm.Gate.Held.Should().Equal(table);
            crm.Gate.Open(table);
        }

        (await preview).Operations.Select(operation => operation.Mapping).Should().Equal("A", "B");
    }

    [Fact]
    public async Task Cancellation_waits_until_every_running_mapping_has_ended()
    {
        using var crm = new ConcurrencyFixture([New("a"), New("b"), New("c", mapping => mapping.DependsOn("A"))]);
        using var stop = new CancellationTokenSource();

        var run = crm.Engine.SynchronizeFullAsync(cancellationToken: stop.Token);
        await stop.CancelAsync();
        crm.Gate.Open("a");
        run.IsCompleted.Should().BeFalse("mapping B is running");
        crm.Gate.Open("b");

        await run.Awaiting(ended => ended).Should().ThrowAsync<OperationCanceledException>();
        crm.Gate.Held.Should().BeEmpty();
        var jobs = await crm.JobLog.ListAsync(crm.Engine.Scope.Name, null, 10, default);
        jobs.Select(job => (job.Key.Mapping, job.Status)).Should().BeEquivalentTo(
            [("A", SyncJobStatus.Cancelled), ("B", SyncJobStatus.Cancelled)]);
    }

    [Fact]
    public async Task Systems_that_answer_at_once_see_the_order_of_the_catalog()
    {
        using var crm = new ConcurrencyFixture([New("a"), New("b", mapping => mapping.DependsOn("A")), New("c"), New("d")]);
        var read = new List<string>();
        crm.Local.Faults.BeforeCall = (call, _) =>
        {
            read.AddRange(call.Operation == InMemoryOperation.GetSchema ? [] : [call.Table]);
            return ValueTask.CompletedTask;
        };

        _ = await crm.Engine.SynchronizeFullAsync();

        read.Should().NotBeEmpty().And.BeInAscendingOrder();
    }

    private static IntegrationTableMapping New(
        string table, Func<IntegrationTableMappingBuilder, IntegrationTableMappingBuilder>? change = null) =>
        ConcurrencyFixture.Mapping(table, change);

    private static void OpenAll(ConcurrencyFixture crm, params IReadOnlyList<string> tables)
    {
        foreach (var table in tables)
        {
            crm.Gate.Open(table);
        }
    }
}
