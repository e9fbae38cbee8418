using CsCheck;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Conformance;

/// <summary>
/// An in-memory table behaves as the table that it replaces: both are edited and written alike, and what the two connectors answer
/// and show is compared after each step.
/// </summary>
public abstract class TwinConformance
{
    private static readonly Gen<TwinStep[]> Histories = Gen.Select(
        Gen.Enum<TwinStepKind>(), Gen.Int[0, 5], Gen.Int[0, 20], Gen.Int[0, 20],
        (kind, row, field, value) => new TwinStep(kind, row, field, value)).Array[1, 25];

    /// <summary>The cloud that the system belongs to.</summary>
    protected abstract InMemoryFlavor Flavor { get; }

    /// <summary>How far the connector's feed reads back.</summary>
    protected virtual TimeSpan Overlap => TimeSpan.FromMinutes(5);

    /// <summary>Starts the system that the in-memory table replaces.</summary>
    protected abstract Task<ConformanceSystem> StartAsync();

    [Fact]
    public Task Any_history_leaves_both_alike() => Histories.SampleAsync(RunAsync, iter: 40, threads: 1);

    [Fact]
    public Task A_filter_that_is_widened_shows_what_has_changed_since() => RunAsync(
        [
            new(TwinStepKind.Insert, 0, 0, 0),
            new(TwinStepKind.Insert, 1, 0, 1),
            new(TwinStepKind.Poll, 0, 0, 1),
            new(TwinStepKind.Edit, 0, 1, 4),
            new(TwinStepKind.Poll, 0, 0, 2),
            new(TwinStepKind.Poll, 0, 0, 0),
        ]);

    [Fact]
    public Task A_stamp_of_the_future_hides_no_later_change() => RunAsync(
        [
            new(TwinStepKind.Insert, 0, 0, 0),
            new(TwinStepKind.Insert, 1, 0, 0),
            new(TwinStepKind.Poll, 0, 0, 0),
            new(TwinStepKind.StampAhead, 0, 0, 0),
            new(TwinStepKind.Poll, 0, 0, 0),
            new(TwinStepKind.Edit, 1, 1, 3),
            new(TwinStepKind.Poll, 0, 0, 0),
        ]);

    [Fact]
    public async Task Blanks_are_shown_as_the_schema_tells()
    {
        await using var twins = await StartTwinsAsync();
        for (var field = 0; field < twins.FieldCount; field++)
        {
            await twins.ApplyAsync(new(TwinStepKind.Insert, field, 0, 0));
            await twins.ApplyAsync(new(TwinStepKind.Write, field, field, 1));
            await twins.ApplyAsync(new(TwinStepKind.Write, field, field, 0));
        }

        await twins.ApplyAsync(new(TwinStepKind.Poll, 0, 0, 0));
    }

    private async Task RunAsync(TwinStep[] history)
    {
        await using var twins = await StartTwinsAsync();
        foreach (var step in history)
        {
            await twins.ApplyAsync(step);
        }

        await twins.ApplyAsync(new(TwinStepKind.Poll, 0, 0, 0));
    }

    private async Task<TwinSystems> StartTwinsAsync() => await TwinSystems.CreateAsync(await StartAsync(), Flavor, Overlap);
}
