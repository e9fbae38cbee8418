namespace Dataverse.Sync.Architecture.Tests;

/// <summary>The documentation names the classes that a changed record passes.</summary>
public sealed class WayOfARecordTests
{
    private static readonly Lazy<Task<RunTrace>> Trace = new(TracedEngine.TraceAsync);

    [Fact]
    public async Task Way_of_a_changed_record_is_the_list_in_the_documentation() =>
        AssertSame(RunsAndJobsPage.ClassesIn("way of one changed record"), (await Trace.Value).Way);

    [Fact]
    public async Task Classes_that_the_way_shares_are_the_list_in_the_documentation() =>
        AssertSame(RunsAndJobsPage.ClassesIn("shared on the way"), (await Trace.Value).Shared);

    // The documentation names a selection of the classes before and after the way.
    [Fact]
    public async Task Classes_before_the_way_are_entered_in_the_order_of_the_documentation()
    {
        var named = RunsAndJobsPage.ClassesIn("before the way");
        AssertSame(named, (await Trace.Value).Before.Where(named.Contains));
    }

    [Fact]
    public async Task Classes_after_the_way_are_entered_in_the_order_of_the_documentation()
    {
        var named = RunsAndJobsPage.ClassesIn("after the way");
        AssertSame(named, (await Trace.Value).After.Where(named.Contains));
    }

    private static void AssertSame(IReadOnlyList<string> documented, IEnumerable<string> entered)
    {
        var traced = entered.ToList();
        Assert.True(
            documented.Count > 0 && documented.SequenceEqual(traced),
            $"""
            The classes in docs/concepts/runs-and-jobs.md differ from those that the run enters.
            Documented: {string.Join(", ", documented)}
            Entered:    {string.Join(", ", traced)}
            """);
    }
}
