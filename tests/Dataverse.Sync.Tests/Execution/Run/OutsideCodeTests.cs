using System.Text.Json;
using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>What converters, log providers, progress handlers, and stores throw stays where it belongs.</summary>
public sealed class OutsideCodeTests
{
    public static TheoryData<Exception> Exceptions() =>
    [
        new OperationCanceledException(),
        new TaskCanceledException("A request timed out.", new TimeoutException()),
        new ConnectorException("Rates", ConnectorFailure.Throttled, "busy"),
        new SyncConfigurationException(["wrong"]),
        new CouplingStoreException(CouplingStoreFailure.Unavailable, "another store"),
        new AggregateException(new IOException()),
        new JsonException(),
    ];

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task I23_Whatever_a_converter_throws_is_the_fault_of_its_record_in_every_kind_of_run(Exception thrown)
    {
        using var crm = new EngineFixture(mapping => mapping.Field("displayName", "name", field =>
            field.Convert(new ThrowingConverter(thrown)).UseForMatching()));
        var good = crm.Insert(SyncSide.Local, "Adatum");
        _ = crm.Insert(SyncSide.Local, "Bad one");
        _ = crm.Insert(SyncSide.Integration, "Bad other");

        var match = await crm.Engine.Couplings.MatchAsync("CUSTOMER");
        var preview = await crm.Engine.PreviewAsync("CUSTOMER", SyncJobKind.Full);
        var full = await crm.FullAsync();
        crm.Later();
        crm.Customers.Update(good, ("displayName", "Bad now"));
        var modified = await crm.ModifiedAsync();

        match.Status.Should().Be(SyncJobStatus.Finished);
        preview.Jobs[0].Counters.Should().Be(new SyncCounters { Inserted = 1, Failed = 2 });
        full.Counters.Should().Be(new SyncCounters { Inserted = 1, Failed = 2 });
        modified.Counters.Failed.Should().Be(3, "two are tried again");
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_stops_nothing()
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            Rules = [new TestRule { Select = _ => throw new IOException() }],
            Engine = engine => engine with { LoggerFactory = new FullDiskLogger() },
        });
        _ = crm.Insert(SyncSide.Local, "Adatum");
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.AnswerLost);

        var jobs = await crm.Engine.SynchronizeFullAsync();

        jobs.Should().OnlyContain(job => job.Status == SyncJobStatus.Finished);
        jobs[^1].Counters.Failed.Should().Be(1);
    }

    [Fact]
    public async Task A_progress_handler_that_fails_stops_nothing()
    {
        using var crm = new EngineFixture();
        _ = crm.Insert(SyncSide.Local, "Adatum");

        var job = await crm.FullAsync(new() { Progress = new ClosedWindow() });

        job.Counters.Should().Be(new SyncCounters { Inserted = 1 });
    }

    [Fact]
    public async Task A_store_that_cannot_take_the_lease_back_does_not_hide_the_outcome()
    {
        using var crm = new EngineFixture();
        _ = crm.Insert(SyncSide.Local, "Adatum");
        crm.Store.OnRelease = () => throw new IOException("The pipe is closed.");

        var job = await crm.FullAsync();

        (job.Status, job.Counters).Should().Be((SyncJobStatus.Finished, new SyncCounters { Inserted = 1 }));
    }

    [Fact]
    public async Task A_store_whose_own_wait_ends_stops_the_run_and_does_not_cancel_it()
    {
        using var crm = new EngineFixture();
        crm.Store.Before = (_, _) => throw new TaskCanceledException("The store did not answer.");

        var run = () => crm.Engine.SynchronizeModifiedAsync();

        var stopped = (await run.Should().ThrowAsync<SyncRunException>()).Which;
        stopped.Jobs.Should().Contain(job => job.Status == SyncJobStatus.Stopped)
            .And.NotContain(job => job.Status == SyncJobStatus.Cancelled);
    }

    [Fact]
    public async Task A_store_that_is_lost_under_a_running_engine_stops_the_run_before_anything_is_sent()
    {
        using var crm = new EngineFixture();
        var (customer, _) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Edited"));
        crm.Store.Before = (_, commit) =>
        {
            if (commit?.Intents.Count > 0)
            {
                throw new CouplingStoreException(CouplingStoreFailure.Replaced, "The coupling file was replaced.");
            }
        };

        var run = () => crm.Engine.SynchronizeModifiedAsync();

        var stopped = (await run.Should().ThrowAsync<SyncRunException>()).Which;
        stopped.InnerExceptions.Should().ContainSingle().Which.Should().BeOfType<CouplingStoreException>()
            .Which.Failure.Should().Be(CouplingStoreFailure.Replaced);
        crm.Writes.Should().Be(0);
        stopped.Jobs.Should().ContainSingle(job => job.Key.Mapping == "CUSTOMER")
            .Which.Message.Should().Contain("was replaced");
    }

    private sealed class ThrowingConverter(Exception thrown) : IFieldConverter
    {
        public FieldValue ToIntegration(FieldValue value) => Convert(value);

        public FieldValue ToLocal(FieldValue value) => Convert(value);

        private FieldValue Convert(FieldValue value) =>
            value.ToString().StartsWith("Bad", StringComparison.Ordinal) ? throw thrown : value;
    }

    private sealed class ClosedWindow : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => throw new InvalidOperationException("The window is closed.");
    }

    private sealed class FullDiskLogger : ILogger, ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new AggregateException(new IOException("The disk is full."));
    }
}
