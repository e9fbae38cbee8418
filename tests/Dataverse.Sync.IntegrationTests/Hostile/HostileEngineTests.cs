using CsCheck;
using QuickStart;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>The engine between services whose answers break: nothing wrong is written, and once they heal everything is set right.</summary>
public sealed class HostileEngineTests
{
    private const int DisturbedRuns = 2;
    private const int FirstRunCases = 6;
    private const int EditCases = 15;

    private const string Customer = StandardMappingNames.Customer;

    [Fact]
    public async Task First_runs_through_broken_answers_end_where_undisturbed_ones_do_I1_I3()
    {
        await using var undisturbed = await HostileBench.StartAsync(DataSet.Get("sample"));
        await undisturbed.HealAsync(engine => engine.SynchronizeFullAsync());
        var expected = undisturbed.Contents(withEditedFields: true);
        var couplings = await CountCouplingsAsync(undisturbed.Bench);

        await Disturbance.Runs(DisturbedRuns, answers: 25).SampleAsync(
            async runs =>
            {
                await using var system = await HostileBench.StartAsync(DataSet.Get("sample"));
                foreach (var disturbances in runs)
                {
                    _ = await system.RunDisturbedAsync(disturbances, engine => engine.SynchronizeFullAsync());
                }

                await system.HealAsync(engine => engine.SynchronizeFullAsync());

                system.Contents(withEditedFields: true).Should().Equal(expected);
                (await CountCouplingsAsync(system.Bench)).Should().Equal(couplings);
            },
            iter: Cases.Of(FirstRunCases),
            threads: 1);
    }

    [Fact]
    public async Task Edits_arrive_after_runs_through_broken_answers_and_nothing_else_changes_I2_I7_I9()
    {
        await using var system = await HostileBench.StartAsync(DataSet.Get("sample"));
        await system.HealAsync(engine => engine.SynchronizeFullAsync());
        var pairs = await system.Bench.PairsAsync(Customer);
        var expected = system.Contents(withEditedFields: false);
        var (number, failures) = (0, 0);

        await Disturbance.Runs(DisturbedRuns, answers: 8).SampleAsync(
            async runs =>
            {
                var edits = Edit(pairs, ++number);
                foreach (var disturbances in runs)
                {
                    failures += await system.RunDisturbedAsync(disturbances, engine => engine.SynchronizeModifiedAsync()) ? 1 : 0;
                }

                await system.HealAsync(engine => engine.SynchronizeModifiedAsync());

                edits.Should().OnlyContain(edit => edit.HasArrived);
                system.Contents(withEditedFields: false).Should().Equal(expected);
            },
            iter: Cases.Of(EditCases),
            threads: 1);

        failures.Should().BePositive("some changes do harm");
    }

    private static List<FieldEdit> Edit(IReadOnlyList<Pair> pairs, int number) =>
    [
        pairs[0].Edit(SyncSide.Local, FieldPair.Phone, $"+44 {number}"),
        pairs[1].Edit(SyncSide.Integration, FieldPair.Phone, $"+45 {number}"),
        pairs[2].Edit(SyncSide.Local, FieldPair.City, $"City {number}"),
        pairs[3].Edit(SyncSide.Integration, FieldPair.City, $"Town {number}"),
    ];

    private static async Task<List<(string Mapping, int Count)>> CountCouplingsAsync(TestBench bench)
    {
        var counts = new List<(string, int)>();
        foreach (var mapping in bench.Engine.Mappings.All)
        {
            counts.Add((mapping.Name, await bench.Engine.Couplings.ListAsync(mapping.Name).CountAsync()));
        }

        return counts;
    }
}
