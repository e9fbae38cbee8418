using CsCheck;
using Dataverse.Sync.Execution;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>What a run keeps of every record that it has processed.</summary>
public sealed class DecidedTableTests
{
    private static readonly Gen<RecordKey> Records =
        Gen.Select(Gen.Bool, Gen.Int[0, 3_000], (isLocal, number) => new RecordKey(isLocal ? SyncSide.Local : SyncSide.Integration, IdOf(number)));

    [Fact]
    public void It_answers_as_a_dictionary_does() =>
        Gen.Select(Records, Gen.ULong, Gen.Int[-1, (int)PlanOutcome.Doubtful]).Array[0, 6_000].Sample(
            steps =>
            {
                var table = new DecidedTable();
                var versions = new HashSet<RecordKey>();
                var expected = new Dictionary<RecordKey, (ulong Version, PlanOutcome? Outcome)>();
                foreach (var (record, version, outcome) in steps)
                {
                    var before = expected.GetValueOrDefault(record);
                    if (outcome < 0)
                    {
                        table.Set(record, version, isCreated: version % 2 == 0);
                        expected[record] = before with { Version = version };
                        _ = versions.Add(record);
                    }
                    else
                    {
                        table.Set(record, (PlanOutcome)outcome);
                        expected[record] = before with { Outcome = (PlanOutcome)outcome };
                    }
                }

                for (var number = 0; number <= 3_000; number++)
                {
                    foreach (var side in new[] { SyncSide.Local, SyncSide.Integration })
                    {
                        var record = new RecordKey(side, IdOf(number));
                        var (version, outcome) = expected.GetValueOrDefault(record);
                        var found = table.Find(record);
                        (found.Version, found.Outcome).Should().Be((version, outcome));
                        found.IsCreated.Should().Be(versions.Contains(record) && version % 2 == 0);
                    }
                }
            },
            iter: 30);

    // Ids that differ in their last bytes only, as those of Dataverse do.
    private static Guid IdOf(int number) => new(0x3f2504e0, 0x4f89, 0x11d3, 0x9a, 0x0c, 0x03, 0x05, 0, 0, (byte)(number >> 8), (byte)number);
}
