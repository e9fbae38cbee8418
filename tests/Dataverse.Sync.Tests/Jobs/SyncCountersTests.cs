namespace Dataverse.Sync.Tests.Jobs;

public sealed class SyncCountersTests
{
    private static readonly SyncCounters Different = new()
    {
        Inserted = 1,
        Modified = 2,
        Deleted = 3,
        Unchanged = 4,
        Skipped = 5,
        Failed = 6,
        Coupled = 7,
        Uncoupled = 8,
        Conflicted = 9,
        Doubtful = 10,
    };

    [Fact]
    public void Named_counters_are_the_properties_in_lower_case_and_in_order() =>
        Different.Named().Should().Equal(typeof(SyncCounters).GetProperties()
            .Where(property => property.PropertyType == typeof(long))
            .Select(property => KeyValuePair.Create(property.Name.ToLowerInvariant(), (long)property.GetValue(Different)!)));

    [Fact]
    public void Sum_adds_every_counter()
    {
        (Different + Different).Named().Select(counter => counter.Value).Should().Equal(2, 4, 6, 8, 10, 12, 14, 16, 18, 20);
        SyncCounters.Add(Different, SyncCounters.None).Should().Be(Different);
    }
}
