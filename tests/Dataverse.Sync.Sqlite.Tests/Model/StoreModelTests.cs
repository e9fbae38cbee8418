using CsCheck;
using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>Random histories give the same answers from the SQLite store as from the in-memory store.</summary>
public sealed class StoreModelTests
{
    private static readonly BaseShape[] Shapes = [new([]), Shape, new(["email", "number"])];

    private static readonly Gen<int> Small = Gen.Int[0, 7];

    private static readonly Gen<SynchronizedBase?> Bases = Gen.Select(Small, Gen.ULong, (shape, seed) =>
        shape < Shapes.Length ? Base(Shapes[shape], seed) : null);

    private static readonly Gen<Coupling> Couplings = Gen.Select(Small, Small, Bases, Gen.ULong, (local, integration, synchronized, version) =>
        Pair(local, integration) with { Base = synchronized, LocalVersion = version });

    private static readonly Gen<Intent> Intents = Gen.Select(Small, Bases, (number, synchronized) => Intent(number) with { Outcome = synchronized });

    private static readonly Gen<RecordFailure> Failures = Gen.Select(Small, Small, Gen.Enum<SyncSide>(), (number, minute, side) =>
        Failure(number, side) with { FirstFailedOn = Start.AddMinutes(minute), Attempts = minute + 1 });

    private static readonly Gen<RecordConflict> Conflicts = Gen.Select(
        Small, Small, Small, Gen.Enum<ConflictResolution>(), (number, local, integration, resolution) => Conflict(number) with
        {
            LocalId = LocalId(local),
            IntegrationId = IntegrationId(integration),
            Resolution = resolution,
        });

    private static readonly Gen<MappingState?> States = Gen.Select(Gen.Bool, Gen.String[1, 5].Null(), (named, position) =>
        named ? new MappingState { Local = position is null ? null : new(position) } : null);

    private static readonly Gen<(Guid[] Uncoupled, Guid[] Intents, RecordKey[] Cleared)> Removals = Gen.Select(
        Small.Select(LocalId).Array[0, 2],
        Small.Select(number => Intent(number).Id).Array[0, 3],
        Failures.Select(failure => failure.Record).Array[0, 3]);

    private static readonly Gen<StoreStep> Commits = Gen.Select(
        Couplings.Array[0, 4], Removals, Intents.Array[0, 3], Failures.Array[0, 3], Conflicts.Array[0, 2], States,
        (couplings, removals, intents, failures, conflicts, state) => (StoreStep)new CommitStep(new()
        {
            Lease = null!,
            Couplings = couplings,
            UncoupledLocalIds = removals.Uncoupled,
            Intents = intents,
            RemovedIntents = removals.Intents,
            Failures = failures,
            ClearedFailures = removals.Cleared,
            Conflicts = conflicts,
            State = state,
        }));

    private static readonly Gen<StoreStep> Steps = Gen.Frequency(
        (12, Commits),
        (2, OneOf(new AcquireStep("first"), new AcquireStep("second"))),
        (1, OneOf(new RenewStep(), new ReleaseStep(), new WaitStep(3), new WaitStep(5))));

    [Fact]
    public Task Random_histories_give_the_same_answers_as_the_in_memory_store() =>
        Steps.Array[1, 25].SampleAsync(CompareAsync, iter: 120);

    private static Gen<StoreStep> OneOf(params StoreStep[] steps) => Gen.Int[0, steps.Length - 1].Select(index => steps[index]);

    private static async Task CompareAsync(StoreStep[] steps)
    {
        using var folder = new TemporaryFolder();
        var expected = new StoreUnderTest(time => new InMemoryCouplingStore(time));
        var actual = new StoreUnderTest(time => new SqliteCouplingStore(
            new SqliteCouplingStoreOptions { Path = folder.File(), Synchronous = SqliteSynchronous.Normal }, time));
        await using var store = (SqliteCouplingStore)actual.Store;

        foreach (var step in steps.Prepend(new AcquireStep("first")))
        {
            (await step.ApplyAsync(actual)).Should().Be(await step.ApplyAsync(expected));
            (await actual.DescribeAsync()).Should().Be(await expected.DescribeAsync());
        }
    }
}
