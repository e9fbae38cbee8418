using CsCheck;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>A change of one answer of a run.</summary>
/// <param name="Side">The side whose answer is changed.</param>
/// <param name="Answer">The number of the answer within the run and side, from zero.</param>
/// <param name="Mutation">The change.</param>
internal sealed record Disturbance(SyncSide Side, int Answer, Mutation Mutation)
{
    /// <summary>The disturbances of some runs.</summary>
    public static Gen<Disturbance[][]> Runs(int count, int answers) => Gen.Select(
        Gen.Enum<SyncSide>(), Gen.Int[0, answers - 1], Mutation.Noticeable, (side, answer, mutation) => new Disturbance(side, answer, mutation)).Array[1, 4].Array[count];
}
