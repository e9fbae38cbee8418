using CsCheck;
using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>Random faults while batches are written: no result claims what is not so, and nothing is done twice.</summary>
public sealed class RandomFaultTests
{
    private const int Rows = 6;

    private static readonly Func<EmulatorFault>[] Faults =
    [
        () => EmulatorFault.TooManyRequests(TimeSpan.Zero),
        () => EmulatorFault.ServiceUnavailable(),
        () => EmulatorFault.GatewayTimeout(),
        () => EmulatorFault.GatewayTimeout(afterCommit: false),
        () => EmulatorFault.ConnectionCut(afterCommit: true),
        () => EmulatorFault.ConnectionCut(afterCommit: false),
        () => EmulatorFault.TruncatedBody(),
        () => EmulatorFault.DataverseDeadlock(),
        () => EmulatorFault.DataverseDeadlock().InBatches(),
        () => EmulatorFault.Refusal(400).InBatches(),
        () => EmulatorFault.Doubled(),
    ];

    [Fact]
    public async Task Results_are_true_whatever_fails() => await Gen.Select(
        Gen.Select(Gen.Int[0, Faults.Length - 1], Gen.Int[0, 4], Gen.Int[1, 3]).Array[0, 4],
        Gen.Bool.Array[Rows],
        Gen.Bool).SampleAsync(RunAsync, iter: 60, threads: 1);

    private static async Task RunAsync((int Fault, int After, int Times)[] faults, bool[] isConflicting, bool offersBulk)
    {
        await using var system = await ServedOrganization.StartAsync(
            TablesUnderTest.Account, configure: options => options.TrustOwnIdsInCreateMultiple = offersBulk);
        var accounts = system.Emulator.Table("account");
        var old = Enumerable.Range(0, Rows).Select(_ => accounts.Insert([("name", "old")]).Id).ToList();
        var read = await system.Connector.ReadByIdAsync(new RecordQuery { Table = "account", Fields = ["name"], Ids = old }, default);
        var versions = read.ToDictionary(record => record.Id, record => record.Version);
        foreach (var (id, _) in old.Zip(isConflicting).Where(pair => pair.Second))
        {
            _ = accounts.Update(id, [("name", "theirs")]);
        }

        foreach (var (fault, after, times) in faults)
        {
            system.Emulator.Faults.Add(Faults[fault]().After(after).Times(times));
        }

        List<WriteOperation> operations =
        [
            .. old.Select((id, index) => index % 2 == 0
                ? new WriteOperation { Kind = WriteKind.Update, Id = id, ExpectedVersion = versions[id], Fields = Name("ours") }
                : new WriteOperation { Kind = WriteKind.Delete, Id = id, ExpectedVersion = versions[id] }),
            .. Enumerable.Range(0, Rows).Select(_ => new WriteOperation { Kind = WriteKind.Insert, Id = Guid.NewGuid(), Fields = Name("new") }),
        ];
        IReadOnlyList<WriteResult> results;
        try
        {
            results = await system.Connector.WriteAsync(new WriteBatch("account", operations), default);
        }
        catch (ConnectorException)
        {
            // The run stops; the journal recovers what was written.
            return;
        }

        var stored = accounts.Rows.ToDictionary(row => row.Id, row => row["name"] as string);
        foreach (var (operation, result) in operations.Zip(results))
        {
            Check(operation, result, stored.GetValueOrDefault(operation.Id), faults.Any(fault => fault.Fault == Faults.Length - 1));
        }

        stored.Keys.Should().BeSubsetOf(operations.Select(operation => operation.Id), "no row has an id that nobody chose");
    }

    private static void Check(WriteOperation operation, WriteResult result, string? stored, bool isDoubled)
    {
        // The answer to a doubled request is that to its second copy, which meets the work of the first or fails for a
        // reason of its own. The engine reads the record then. No copy may count as applied that was not.
        if (result.Status == WriteStatus.Unknown || (isDoubled && result.Status != WriteStatus.Applied))
        {
            return;
        }

        var isDone = operation.Kind switch
        {
            WriteKind.Insert => stored == "new",
            WriteKind.Update => stored == "ours",
            _ => stored is null,
        };
        isDone.Should().Be(result.Status == WriteStatus.Applied, $"{operation.Kind} is {result.Status} ({result.Error?.Message})");
    }

    private static List<FieldWrite> Name(string name) => [new("name", FieldValue.Text(name))];
}
