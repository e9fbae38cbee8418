using NSubstitute;

namespace Dataverse.Sync.Hosting.Tests;

/// <summary>Invalid settings are refused in one message before anything is run.</summary>
public sealed class JobQueueOptionsTests
{
    private readonly QueueFixture fixture = new();

    [Fact]
    public void Every_problem_is_told_in_one_exception_and_nothing_is_run()
    {
        var create = () => fixture.NewQueue(options =>
        {
            options.Entries.Add(new() { Mapping = "ITEM", Interval = TimeSpan.Zero });
            options.Entries.Add(new() { Mapping = "CUSTOMER", Cron = "0 0 25 * * ?" });
            options.Entries.Add(new() { Mapping = "customer", Cron = "0 0 0 30 2 ?", MaximumAttempts = 0 });
            options.Default.InactivityTimeout = TimeSpan.FromMinutes(-1);
            options.Default.Kind = SyncJobKind.Records;
            options.JobRetention = TimeSpan.Zero;
            options.CheckInterval = TimeSpan.FromSeconds(-1);
            options.InactivityTimeouts["CONTACT"] = TimeSpan.Zero;
        });

        var problems = create.Should().Throw<SyncConfigurationException>().Which.Problems;
        problems.Should().BeEquivalentTo(
        [
            "A job queue entry names mapping 'ITEM', which does not exist.",
            "2 job queue entries name mapping 'CUSTOMER'; one is allowed.",
            "JobQueueOptions.Entries[0].Interval is 00:00:00; it must be more than zero and at most 3650 days.",
            "JobQueueOptions.Entries[1].Cron is '0 0 25 * * ?', which is not a cron expression of six or seven fields: "
                + "seconds, minutes, hours, day of the month, month, day of the week, and a year.",
            "JobQueueOptions.Entries[2].Cron is '0 0 0 30 2 ?', which never occurs.",
            "JobQueueOptions.Entries[2].MaximumAttempts is 0; it must be at least 1.",
            "JobQueueOptions.Default.InactivityTimeout is -00:01:00; it must be more than zero and at most 3650 days.",
            "JobQueueOptions.Default.Kind is Records; it must be Modified or Full.",
            "JobQueueOptions.JobRetention is 00:00:00; it must be more than zero and at most 3650 days.",
            "JobQueueOptions.CheckInterval is -00:00:01; it must be from 00:00:00.1000000 to 1.00:00:00.",
            "JobQueueOptions.InactivityTimeouts[CONTACT] is 00:00:00; it must be more than zero and at most 3650 days.",
        ]);
        fixture.Local.Calls.Total.Should().Be(0);
    }

    [Fact]
    public void Store_that_keeps_no_entries_is_refused()
    {
        var create = () => new QueueFixture(Substitute.For<ICouplingStore>()).NewQueue();

        create.Should().Throw<SyncConfigurationException>().WithMessage("*does not implement IJobQueueStore.");
    }

    [Fact]
    public void Numbers_of_business_central_are_set_for_mappings_without_an_entry()
    {
        var options = new JobQueueOptions().BusinessCentralDefaults();
        options.Entries.Add(new() { Mapping = "VENDOR" });
        var settings = new JobQueueSettings(options);

        settings.Recurring("CUSTOMER").InactivityTimeout.Should().Be(TimeSpan.FromMinutes(720));
        settings.Recurring("SALESPEOPLE").InactivityTimeout.Should().Be(TimeSpan.FromMinutes(1_440));
        settings.Recurring("VENDOR").InactivityTimeout.Should().BeNull();
        settings.WakeDelay.Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Defaults_are_those_of_the_documentation()
    {
        var entry = new JobQueueEntryOptions();

        entry.Interval.Should().Be(TimeSpan.FromMinutes(30));
        entry.MaximumAttempts.Should().Be(10);
        entry.RetryDelay.Should().Be(TimeSpan.FromSeconds(30));
        entry.InactivityTimeout.Should().BeNull();
        new JobQueueOptions().JobRetention.Should().Be(TimeSpan.FromDays(30));
    }
}
