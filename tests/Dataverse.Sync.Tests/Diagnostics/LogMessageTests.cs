using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Tests.Diagnostics;

/// <summary>What the engine logs, and that no log message carries a field's value.</summary>
public sealed class LogMessageTests : IDisposable
{
    private const string Secret = "Zq7Secret";

    private readonly RecordingLoggerFactory log = new();
    private readonly TestRule rule = new();
    private readonly EngineFixture crm;

    public LogMessageTests() => crm = NewFixture(_ => { });

    public void Dispose()
    {
        crm.Dispose();
        log.Dispose();
    }

    [Fact]
    public async Task Run_logs_its_end_with_the_counters()
    {
        _ = crm.Customers.Insert(("displayName", "Adatum"));

        var job = await crm.FullAsync();

        log.Events.Should().Equal((2, LogLevel.Information));
        log.Messages.Should().OnlyContain(message => message.Category == "Dataverse.Sync.SyncEngine");
        log.Messages.Select(message => message.Event.Name).Should().Equal("RunFinished");
        log.Messages[0].Text
            .Should()
            .StartWith($"Mapping CUSTOMER: Full run {job.Id} ended as Finished: 1 inserted, 0 modified, 0 deleted,");
    }

    [Fact]
    public async Task Rule_that_throws_is_a_warning_with_the_types_and_not_the_text()
    {
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        rule.Select = _ => throw new TimeoutException(Secret);

        _ = await crm.FullAsync();

        log.Events.Should().Equal((3, LogLevel.Warning), (2, LogLevel.Warning));
        log.Messages[0].Text
            .Should().ContainAll("CUSTOMER", nameof(TestRule), nameof(TimeoutException)).And.NotContain(Secret);
    }

    [Fact]
    public async Task Writes_that_an_earlier_run_left_open_are_a_warning_with_their_number()
    {
        var ids = Enumerable.Range(0, 2).Select(number => crm.Customers.Insert(("displayName", $"C{number}")).Id)
            .ToList();
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.RequestLost, InMemoryWriteFault.RequestLost);
        _ = await crm.Engine.SynchronizeRecordsAsync("CUSTOMER", SyncSide.Local, ids);

        _ = await crm.ModifiedAsync();

        log.Events.Where(item => item.Id == 4).Should().Equal((4, LogLevel.Warning));
        log.Messages.Single(message => message.Event.Id == 4).Text
            .Should().StartWith("Mapping CUSTOMER: 2 writes of an earlier run");
    }

    [Fact]
    public async Task Too_many_deletions_are_an_error_with_their_number()
    {
        using var careful = NewFixture(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        var ids = Enumerable.Range(0, 12).Select(number => careful.Customers.Insert(("displayName", $"C{number}")).Id)
            .ToList();
        await careful.ConvergeAsync();
        careful.Accounts.Records.ToList().ForEach(account => careful.Accounts.Delete(account.Id));

        var job = await careful.ModifiedAsync();

        (job.Status, careful.Customers.Count).Should().Be((SyncJobStatus.Stopped, 12));
        log.Events.TakeLast(2).Should().Equal((5, LogLevel.Error), (2, LogLevel.Warning));
        log.Messages[^2].Text.Should().ContainAll("CUSTOMER", "uncouple 12 records");
        log.Messages[^1].Text.Should().Contain("ended as Stopped");
    }

    [Fact]
    public async Task Run_that_an_exception_stops_is_an_error_with_the_exception()
    {
        _ = await crm.ModifiedAsync();
        var earlier = log.Messages.Count;
        crm.Local.Faults.BeforeCall = (_, _) => throw new ConnectorException(
            "BC",
            ConnectorFailure.Authentication,
            "The service refuses the token.");

        var run = () => crm.ModifiedAsync();

        var thrown = (await run.Should().ThrowAsync<ConnectorException>()).Which;
        log.Events.Skip(earlier).Should().Equal((6, LogLevel.Error), (2, LogLevel.Warning));
        log.Messages[^2].Text.Should().ContainAll("CUSTOMER", nameof(ConnectorException));
        log.Messages[^2].Exception.Should().BeSameAs(thrown);
    }

    [Fact]
    public async Task Foreign_exception_that_stops_a_run_is_logged_with_its_place_and_without_its_text()
    {
        crm.Local.Faults.BeforeCall = (call, _) => call.Operation == InMemoryOperation.ReadChanges
            ? throw new FormatException(Secret)
            : ValueTask.CompletedTask;

        var run = () => crm.ModifiedAsync();

        await run.Should().ThrowAsync<FormatException>();
        var logged = log.Messages.Single(message => message.Level == LogLevel.Error);
        logged.Exception!.ToString().Should().ContainAll(nameof(FormatException), nameof(LogMessageTests));
        log.Messages.Should().NotContain(message => message.Everything.Contains(Secret));
    }

    [Fact]
    public async Task Idle_run_is_one_line_at_debug()
    {
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        await crm.ConvergeAsync();
        var earlier = log.Messages.Count;

        _ = await crm.ModifiedAsync();

        log.Events.Skip(earlier).Should().Equal((2, LogLevel.Debug));
    }

    [Fact]
    public async Task Mapping_that_was_not_run_is_logged_with_the_reason()
    {
        crm.Engine.Mappings.Change("SALESPERSON", mapping => mapping.Field("nothing", "fullname"));

        var run = () => crm.Engine.SynchronizeFullAsync();

        await run.Should().ThrowAsync<SyncRunException>();
        log.Events.Should().Equal((7, LogLevel.Error), (7, LogLevel.Warning));
        log.Messages[0].Exception.Should().BeOfType<SyncConfigurationException>();
    }

    [Fact]
    public async Task Cancelled_run_logs_that_it_was_cancelled()
    {
        using var source = new CancellationTokenSource();
        await crm.Engine.ValidateAsync();
        crm.Local.Faults.BeforeCall = async (_, _) => await source.CancelAsync();

        var run = () => crm.Engine.SynchronizeTableAsync("CUSTOMER", cancellationToken: source.Token);

        await run.Should().ThrowAsync<OperationCanceledException>();
        log.Events.Should().Equal((2, LogLevel.Information));
        log.Messages[0].Text.Should().Contain("ended as Cancelled");
    }

    [Fact]
    public async Task Preview_logs_nothing()
    {
        _ = crm.Customers.Insert(("displayName", "Adatum"));

        _ = await crm.Engine.PreviewAsync(SyncJobKind.Full);

        log.Messages.Should().BeEmpty();
    }

    [Fact]
    public async Task No_log_message_carries_a_field_value()
    {
        using var busy = NewFixture(mapping =>
            mapping.OnDeletion(DeletionPolicy.DeleteRecord).MatchOn("displayName", "name", priority: 1));
        var pairs = new List<Guid>();
        for (var number = 0; number < 14; number++)
        {
            pairs.Add(
                busy.Customers.Insert(("displayName", $"{Secret} {number}"), ("postalCode", $"{Secret}{number}")).Id);
        }

        await busy.ConvergeAsync();
        await MeetEveryTroubleAsync(busy, pairs);

        log.Events.Select(item => item.Id).Distinct().Should().BeEquivalentTo([2, 3, 4, 5, 6]);
        log.Messages.Where(message => message.Everything.Contains(Secret, StringComparison.OrdinalIgnoreCase))
            .Should().BeEmpty();
    }

    // A conflict, doubtful matches, refused and uncertain writes, a waiting record, a failing rule, a stopped run, and too many deletions.
    private async Task MeetEveryTroubleAsync(EngineFixture busy, List<Guid> pairs)
    {
        var accounts = busy.Accounts.Records.ToList();
        busy.Customers.Update(pairs[0], ("displayName", $"{Secret} ours"));
        busy.Accounts.Update((await busy.CouplingOfAsync(pairs[0]))!.IntegrationId, ("name", $"{Secret} theirs"));
        busy.Customers.Update(pairs[1], ("displayName", $"{Secret} far too long for the other side"));
        _ = busy.Customers.Insert(("displayName", $"{Secret} waiting"), ("salespersonCode", Secret));
        _ = busy.Accounts.Insert(("name", $"{Secret} twin"));
        _ = busy.Accounts.Insert(("name", $"{Secret} twin"));
        _ = busy.Customers.Insert(("displayName", $"{Secret} twin"));
        var left = busy.Customers.Insert(("displayName", $"{Secret} uncertain")).Id;
        busy.Integration.Faults.FailWrites(InMemoryWriteFault.RequestLost);
        _ = await busy.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, left);
        rule.Before = arguments => throw new InvalidOperationException($"{arguments.Operation.Fields[0].Value}");
        busy.Customers.Update(pairs[2], ("displayName", $"{Secret} rule"));
        _ = await busy.ModifiedAsync();
        rule.Before = null;
        busy.Later();
        busy.Integration.Faults.OnWrite = (_, _) => InMemoryWriteFault.Rejected;
        _ = await busy.FullAsync();
        busy.Integration.Faults.OnWrite = null;
        busy.Local.Faults.Fail(InMemoryOperation.ReadChanges, ConnectorFailure.Authentication);
        var stopped = () => busy.ModifiedAsync();
        await stopped.Should().ThrowAsync<ConnectorException>();
        accounts.ForEach(account => busy.Accounts.Delete(account.Id));
        busy.Later();
        _ = await busy.ModifiedAsync();
    }

    private EngineFixture NewFixture(Action<IntegrationTableMappingBuilder> mapping) => new(new FixtureOptions
    {
        Customer = mapping,
        Rules = [rule],
        Engine = options => options with { LoggerFactory = log },
    });
}
