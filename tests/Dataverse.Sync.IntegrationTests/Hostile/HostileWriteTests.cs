using CsCheck;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>Whatever a service answers to writes: no result says what is not so, and nothing is written twice.</summary>
public abstract class HostileWriteTests(SyncSide side)
{
    private const int NoticeableCases = 250;
    private const int AnyCases = 150;

    private int number;

    [Fact]
    public async Task After_a_broken_answer_every_result_is_true_or_unknown()
    {
        await using var system = await HostileSystem.StartAsync(side, keepsAnswers: false);

        await Mutation.Noticeable.SampleAsync(
            async mutation =>
            {
                var writes = await PrepareAsync(system);
                system.Handler.Begin((at, answer) => at == mutation.At % 3 ? mutation.Apply(answer) : answer);
                if (await TryWriteAsync(system, writes) is { } results)
                {
                    results.Should().HaveCount(writes.Operations.Count);
                    writes.Operations.Zip(results).Should().OnlyContain(pair => IsTrue(writes, pair.First, pair.Second));
                }

                system.Named(writes.Inserted).Count.Should().BeLessThanOrEqualTo(1);
            },
            iter: Cases.Of(NoticeableCases),
            threads: 1);
    }

    [Fact]
    public async Task After_any_answer_nothing_is_written_twice()
    {
        await using var system = await HostileSystem.StartAsync(side, keepsAnswers: false);

        await Mutation.Any.Array[1, 3].SampleAsync(
            async mutations =>
            {
                var writes = await PrepareAsync(system);
                system.Handler.Begin((at, answer) => mutations.Where(mutation => mutation.At % 3 == at).Aggregate(answer, (changed, mutation) => mutation.Apply(changed)));
                _ = await TryWriteAsync(system, writes);
                system.Named(writes.Inserted).Count.Should().BeLessThanOrEqualTo(1);
                system.Handler.Answers.Should().BeLessThan(20);
            },
            iter: Cases.Of(AnyCases),
            threads: 1);
    }

    private static bool IsTrue(Writes writes, WriteOperation operation, WriteResult result)
    {
        var isDone = operation.Kind switch
        {
            WriteKind.Insert => writes.System.Named(writes.Inserted) is [var id] && (result.Status != WriteStatus.Applied || id == result.Id),
            WriteKind.Update => (string?)writes.System.Find(operation.Id)?[writes.System.Name] == writes.Updated,
            _ => writes.System.Find(operation.Id) is null,
        };
        return result.Status == WriteStatus.Unknown || isDone == (result.Status == WriteStatus.Applied);
    }

    private static async Task<IReadOnlyList<WriteResult>?> TryWriteAsync(HostileSystem system, Writes writes)
    {
        try
        {
            return await system.Connector.WriteAsync(new(system.Table, writes.Operations), default);
        }
        catch (ConnectorException)
        {
            return null;
        }
        finally
        {
            system.Handler.Begin(null);
        }
    }

    private async Task<Writes> PrepareAsync(HostileSystem system)
    {
        system.Clear();
        number++;
        var writes = new Writes(system, $"Inserted {number}", $"Updated {number}");
        Guid[] ids = [system.Insert("Before"), system.Insert("Before")];
        system.Handler.Begin(null);
        var records = await system.Connector.ReadByIdAsync(new() { Table = system.Table, Fields = [], Ids = ids }, default);
        var versions = records.ToDictionary(record => record.Id, record => record.Version);
        return writes with
        {
            Operations =
            [
                new() { Kind = WriteKind.Insert, Id = side == SyncSide.Local ? Guid.Empty : Guid.NewGuid(), Fields = [new(system.Name, FieldValue.Text(writes.Inserted))] },
                new() { Kind = WriteKind.Update, Id = ids[0], ExpectedVersion = versions[ids[0]], Fields = [new(system.Name, FieldValue.Text(writes.Updated))] },
                new() { Kind = WriteKind.Delete, Id = ids[1], ExpectedVersion = versions[ids[1]] },
            ],
        };
    }

    private sealed record Writes(HostileSystem System, string Inserted, string Updated)
    {
        public IReadOnlyList<WriteOperation> Operations { get; init; } = [];
    }
}

public sealed class HostileBusinessCentralWriteTests() : HostileWriteTests(SyncSide.Local);

public sealed class HostileDataverseWriteTests() : HostileWriteTests(SyncSide.Integration);
