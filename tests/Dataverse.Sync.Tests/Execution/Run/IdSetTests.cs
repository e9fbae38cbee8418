using CsCheck;
using Dataverse.Sync.Execution;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>The ids of a table that a run has seen.</summary>
public sealed class IdSetTests
{
    // Random ids, ids that differ in their last bytes only as those of Dataverse do, and the empty one.
    private static readonly Gen<Guid> Ids = Gen.Frequency(
        (6, Gen.Int[0, 3_000].Select(number => new Guid(0x3f2504e0, 0x4f89, 0x11d3, 0x9a, 0x0c, 0x03, 0x05, 0, 0, (byte)(number >> 8), (byte)number))),
        (3, Gen.Guid),
        (1, Gen.Const(Guid.Empty)));

    [Fact]
    public void It_answers_as_a_hash_set_does() =>
        Gen.Select(Ids.Array[0, 6_000], Ids.Array[100]).Sample(
            (added, others) =>
            {
                var set = new IdSet();
                var expected = new HashSet<Guid>();
                foreach (var id in added)
                {
                    set.Add(id).Should().Be(expected.Add(id));
                }

                foreach (var id in added.Concat(others))
                {
                    set.Contains(id).Should().Be(expected.Contains(id));
                }
            },
            iter: 30);
}
