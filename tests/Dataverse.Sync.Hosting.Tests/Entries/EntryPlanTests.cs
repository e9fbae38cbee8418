namespace Dataverse.Sync.Hosting.Tests;

/// <summary>Which of the entries that are due start together, and which wait.</summary>
public sealed class EntryPlanTests
{
    private static readonly DateTimeOffset Now = QueueFixture.Start;

    // Two mappings share their tables, one depends on nothing, and the others form a chain.
    private static readonly MappingOrder Order = new(
    [
        Mapping("ITEM", "items", "product"),
        Mapping("CONTACT", "contacts", "contact", "CUSTOMER", "VENDOR"),
        Mapping("VENDOR", "vendors", "account", "SALESPEOPLE"),
        Mapping("CUSTOMER", "customers", "account", "SALESPEOPLE"),
        Mapping("KEY CUSTOMER", "CUSTOMERS", "account"),
        Mapping("SALESPEOPLE", "salespeople", "systemuser"),
    ]);

    [Theory]
    [InlineData("ITEM CONTACT VENDOR CUSTOMER SALESPEOPLE", "", "ITEM SALESPEOPLE")]
    [InlineData("CONTACT VENDOR CUSTOMER", "", "VENDOR CUSTOMER")]
    [InlineData("CONTACT", "", "CONTACT")]
    [InlineData("CONTACT SALESPEOPLE", "", "SALESPEOPLE")]
    [InlineData("CONTACT ITEM", "SALESPEOPLE", "ITEM")]
    [InlineData("CONTACT", "VENDOR", "")]
    [InlineData("SALESPEOPLE", "CONTACT", "SALESPEOPLE")]
    [InlineData("CUSTOMER", "KEY CUSTOMER", "")]
    [InlineData("KEY CUSTOMER CUSTOMER", "", "CUSTOMER")]
    [InlineData("KEY CUSTOMER CUSTOMER", "CUSTOMER", "")]
    public void Entry_waits_for_what_it_depends_on_and_for_its_tables(string due, string inProcess, string started)
    {
        var entries = Names(due).Select(name => Entry(name))
            .Concat(Names(inProcess).Select(name => Entry(name) with
            {
                State = JobQueueEntryState.InProcess,
                OwnedUntil = Now.AddMinutes(1),
            }));

        EntryPlan.Choose([.. entries], Order, _ => true, Now).Select(entry => entry.Name)
            .Should().BeEquivalentTo(Names(started));
    }

    // In the order of their last ends; all are due again, and CONTACT since before all of them.
    [Theory]
    [InlineData("SALESPEOPLE CUSTOMER VENDOR", "", "CONTACT")]
    [InlineData("SALESPEOPLE CUSTOMER", "", "SALESPEOPLE")]
    [InlineData("SALESPEOPLE CUSTOMER", "VENDOR", "")]
    [InlineData("SALESPEOPLE CUSTOMER ITEM", "VENDOR", "ITEM")]
    [InlineData("CUSTOMER VENDOR", "", "SALESPEOPLE")]
    public void Entry_whose_parents_have_run_since_it_became_due_goes_before_them(string haveRun, string inProcess, string started)
    {
        var entries = Names("SALESPEOPLE CUSTOMER VENDOR ITEM").Except(Names(inProcess))
            .Where(name => name != "ITEM" || haveRun.Contains(name, StringComparison.Ordinal))
            .Select(name => Entry(name) with { LastFinishedOn = Now.AddMinutes(Names(haveRun).Contains(name) ? -0.5 : -60) })
            .Append(Entry("CONTACT") with { EarliestStartOn = Now.AddMinutes(-1) })
            .Concat(Names(inProcess).Select(name => Entry(name) with { State = JobQueueEntryState.InProcess }));

        EntryPlan.Choose([.. entries], Order, _ => true, Now).Select(entry => entry.Name)
            .Should().BeEquivalentTo(Names(started));
    }

    [Fact]
    public void Entries_over_the_same_tables_take_turns()
    {
        var customer = Entry("CUSTOMER") with { LastFinishedOn = Now.AddSeconds(-1) };
        var key = Entry("KEY CUSTOMER") with { EarliestStartOn = Now.AddSeconds(-2) };

        EntryPlan.Choose([customer, key], Order, _ => true, Now).Should().Equal(key);
        var late = Now.AddHours(1);
        EntryPlan.Choose([customer with { LastFinishedOn = late }, key with { LastFinishedOn = late }], Order, _ => true, Now)
            .Should().ContainSingle("a clock that was set back must not let both wait for each other");
    }

    // Every parent is due again as soon as it has run, and takes longer than the time between two looks.
    [Fact]
    public void No_entry_is_left_without_a_turn_when_all_are_always_due()
    {
        var names = Names("SALESPEOPLE CUSTOMER VENDOR CONTACT KEY CUSTOMER");
        var entries = names.ToDictionary(name => name, Entry);
        var turns = names.ToDictionary(name => name, _ => 0);
        var random = new Random(54);
        for (var now = Now; now < Now.AddMinutes(10); now = now.AddSeconds(1))
        {
            foreach (var chosen in EntryPlan.Choose([.. entries.Values], Order, _ => true, now))
            {
                turns[chosen.Name]++;
                entries[chosen.Name] = EntryTransitions.Start(chosen, "process", now, TimeSpan.FromHours(1));
            }

            var running = entries.Values.Where(entry => entry.State == JobQueueEntryState.InProcess).ToList();
            foreach (var ended in running.Where(_ => random.Next(3) == 0))
            {
                entries[ended.Name] = ended with
                {
                    State = JobQueueEntryState.Ready,
                    LastFinishedOn = now,
                    EarliestStartOn = now.AddTicks(1),
                };
            }
        }

        turns.Values.Should().OnlyContain(count => count > 20);
    }

    [Fact]
    public void Full_synchronization_that_was_asked_for_comes_before_the_recurring_entry()
    {
        var full = EntryTransitions.AskFull(null, "CUSTOMER", Now);

        EntryPlan.Choose([Entry("CUSTOMER"), full], Order, _ => true, Now).Should().Equal(full);
    }

    [Theory]
    [InlineData(JobQueueEntryState.Ready, true)]
    [InlineData(JobQueueEntryState.OnHoldWithInactivityTimeout, true)]
    [InlineData(JobQueueEntryState.OnHold, false)]
    [InlineData(JobQueueEntryState.Error, false)]
    [InlineData(JobQueueEntryState.Finished, false)]
    [InlineData(JobQueueEntryState.InProcess, false)]
    public void Only_entries_that_are_ready_or_have_slept_enough_start(JobQueueEntryState state, bool starts)
    {
        var entry = Entry("ITEM") with { State = state };

        EntryPlan.Choose([entry], Order, _ => true, Now).Count.Should().Be(starts ? 1 : 0);
        EntryPlan.Choose([entry with { EarliestStartOn = Now.AddTicks(1) }], Order, _ => true, Now).Should().BeEmpty();
        EntryPlan.Choose([entry], Order, _ => false, Now).Should().BeEmpty();
    }

    [Fact]
    public void Circle_of_dependencies_does_not_keep_all_entries_waiting()
    {
        var order = new MappingOrder([Mapping("A", "a", "a", "B"), Mapping("B", "b", "b", "C"), Mapping("C", "c", "c", "A")]);

        EntryPlan.Choose([Entry("A"), Entry("B"), Entry("C")], order, _ => true, Now).Select(entry => entry.Name).Should().Equal("C");
    }

    // Owners renew for a minute, whatever the settings of the one who looks.
    [Theory]
    [InlineData(-1, 60, true)]
    [InlineData(0, 60, true)]
    [InlineData(1, 60, false)]
    [InlineData(60, 60, false)]
    [InlineData(120, 60, false)]
    [InlineData(121, 60, true)]
    [InlineData(3_600, 60, true)]
    [InlineData(3_600, 3_600, false)]
    [InlineData(86_400, null, false)]
    [InlineData(172_801, null, true)]
    public void Entry_is_abandoned_if_its_owner_is_late_or_its_time_is_longer_than_an_owner_can_want(
        int secondsLeft, int? secondsWanted, bool isAbandoned)
    {
        var entry = Entry("ITEM") with
        {
            State = JobQueueEntryState.InProcess,
            OwnedUntil = Now.AddSeconds(secondsLeft),
            OwnershipDuration = secondsWanted is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };

        EntryPlan.IsAbandoned(entry, Now).Should().Be(isAbandoned);
        EntryPlan.IsAbandoned(entry with { State = JobQueueEntryState.Ready }, Now).Should().BeFalse();
    }

    [Fact]
    public void Entry_in_process_without_an_end_is_abandoned_and_one_until_the_end_of_time_as_well()
    {
        var entry = Entry("ITEM") with { State = JobQueueEntryState.InProcess, OwnershipDuration = TimeSpan.MaxValue };

        EntryPlan.IsAbandoned(entry, Now).Should().BeTrue();
        var endless = entry with { OwnedUntil = DateTimeOffset.MaxValue };
        EntryPlan.IsAbandoned(endless with { OwnershipDuration = TimeSpan.FromDays(1) }, Now).Should().BeTrue();
        EntryPlan.IsAbandoned(endless, Now).Should().BeFalse();
    }

    private static string[] Names(string text) => text.Length == 0 ? [] : text
        .Replace("KEY CUSTOMER", "KEY_CUSTOMER", StringComparison.Ordinal).Split(' ')
        .Select(name => name.Replace('_', ' ')).ToArray();

    private static StoredJobQueueEntry Entry(string mapping) =>
        new() { Name = mapping, Mapping = mapping, Version = 1, EarliestStartOn = Now };

    private static IntegrationTableMapping Mapping(
        string name, string local, string integration, params string[] dependencies) =>
        new IntegrationTableMappingBuilder(name).Between(local, integration).DependsOn(dependencies).Build();
}
