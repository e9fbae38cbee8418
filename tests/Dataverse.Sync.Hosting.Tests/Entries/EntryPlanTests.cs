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

    private static string[] Names(string text) => text.Length == 0 ? [] : text
        .Replace("KEY CUSTOMER", "KEY_CUSTOMER", StringComparison.Ordinal).Split(' ')
        .Select(name => name.Replace('_', ' ')).ToArray();

    private static StoredJobQueueEntry Entry(string mapping) =>
        new() { Name = mapping, Mapping = mapping, Version = 1, EarliestStartOn = Now };

    private static IntegrationTableMapping Mapping(
        string name, string local, string integration, params string[] dependencies) =>
        new IntegrationTableMappingBuilder(name).Between(local, integration).DependsOn(dependencies).Build();
}
