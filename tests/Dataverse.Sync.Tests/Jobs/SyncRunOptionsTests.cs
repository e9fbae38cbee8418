using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Jobs;

/// <summary>A run with invalid options is refused before anything is read.</summary>
public sealed class SyncRunOptionsTests
{
    private static readonly Dictionary<string, Func<SyncEngine, SyncRunOptions, Task>> Runs = new()
    {
        ["record"] = (engine, options) => engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, Guid.NewGuid(), options),
        ["records"] = (engine, options) => engine.SynchronizeRecordsAsync("CUSTOMER", SyncSide.Local, [Guid.NewGuid()], options),
        ["table"] = (engine, options) => engine.SynchronizeTableAsync("CUSTOMER", options),
        ["modified"] = (engine, options) => engine.SynchronizeModifiedAsync(options),
        ["full"] = (engine, options) => engine.SynchronizeFullAsync("CUSTOMER", options),
        ["all in full"] = (engine, options) => engine.SynchronizeFullAsync(options),
        ["preview"] = (engine, options) => engine.PreviewAsync("CUSTOMER", SyncJobKind.Full, options),
        ["preview of all"] = (engine, options) => engine.PreviewAsync(SyncJobKind.Modified, options),
        ["match"] = (engine, options) => engine.Couplings.MatchAsync("CUSTOMER", options),
    };

    public static TheoryData<string> EveryRun() => new(Runs.Keys);

    [Theory]
    [MemberData(nameof(EveryRun))]
    public async Task Run_refuses_a_page_size_of_zero_before_anything_is_read(string run)
    {
        using var crm = new EngineFixture();

        var start = () => Runs[run](crm.Engine, new() { PageSize = 0 });

        (await start.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems
            .Should().Equal("SyncRunOptions.PageSize is 0; it must be at least 1.");
        (crm.Local.Calls.Total + crm.Integration.Calls.Total, crm.Store.Calls).Should().Be((0, 0));
        (await crm.JobLog.ListAsync(crm.Engine.Scope.Name, null, 1, default)).Should().BeEmpty();
    }

    [Fact]
    public Task Run_refuses_a_negative_page_size() =>
        RefusesAsync(new() { PageSize = -5 }, "SyncRunOptions.PageSize is -5; it must be at least 1.");

    [Fact]
    public Task Run_refuses_an_undefined_first_synchronization() => RefusesAsync(
        new() { FirstSynchronization = (FirstSynchronization)9 },
        "SyncRunOptions.FirstSynchronization is 9; it must be a value of FirstSynchronization.");

    [Fact]
    public Task Run_refuses_an_undefined_update_conflict_policy() => RefusesAsync(
        new() { UpdateConflictPolicy = (UpdateConflictPolicy)9 },
        "SyncRunOptions.UpdateConflictPolicy is 9; it must be a value of UpdateConflictPolicy.");

    [Fact]
    public Task Run_names_every_problem_of_its_options_at_once() => RefusesAsync(
        new()
        {
            PageSize = 0,
            FirstSynchronization = (FirstSynchronization)9,
            UpdateConflictPolicy = (UpdateConflictPolicy)9,
        },
        "SyncRunOptions.PageSize is 0; it must be at least 1.",
        "SyncRunOptions.FirstSynchronization is 9; it must be a value of FirstSynchronization.",
        "SyncRunOptions.UpdateConflictPolicy is 9; it must be a value of UpdateConflictPolicy.");

    [Fact]
    public async Task Run_accepts_pages_of_one_record()
    {
        using var crm = new EngineFixture();
        _ = crm.Customers.Insert(("displayName", "One"));
        _ = crm.Customers.Insert(("displayName", "Two"));

        var job = await crm.FullAsync(new() { PageSize = 1 });

        job.Counters.Should().Be(new SyncCounters { Inserted = 2 });
    }

    private static async Task RefusesAsync(SyncRunOptions options, params string[] problems)
    {
        using var crm = new EngineFixture();

        var run = () => crm.FullAsync(options);

        (await run.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().Equal(problems);
    }
}
