using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;
using Microsoft.PowerPlatform.Dataverse.Client;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>A client that repeats calls itself may carry a write out twice, and tells of the second time only.</summary>
public sealed class RepeatingClientTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Writes_that_the_client_repeated_are_known_to_be_done(bool inBatches)
    {
        await using var system = await ServedOrganization.StartAsync(TablesUnderTest.Account);
        using var client = new ServiceClient(system.Service) { MaxRetryCount = 10, ConnectedOrgUriActual = system.Emulator.BaseAddress };
        using var connector = new OrganizationServiceConnector(client, new OrganizationServiceOptions { RetryDelay = TimeSpan.Zero });
        var accounts = system.Emulator.Table("account");
        var (changed, deleted) = (accounts.Insert([("name", "old")]).Id, accounts.Insert([("name", "old")]).Id);
        _ = await connector.GetSchemaAsync("account", default);
        var query = new RecordQuery { Table = "account", Fields = ["name"], Ids = [changed, deleted] };
        var versions = (await connector.ReadByIdAsync(query, default)).ToDictionary(record => record.Id, record => record.Version);
        var doubled = EmulatorFault.Doubled().On(call => call.IsWrite).Always();
        system.Emulator.Faults.Add(inBatches ? doubled.InBatches() : doubled);

        var results = await connector.WriteAsync(new WriteBatch("account",
        [
            .. Enumerable.Range(0, 3).Select(_ => new WriteOperation { Kind = WriteKind.Insert, Id = Guid.NewGuid(), Fields = [new("name", FieldValue.Text("new"))] }),
            new WriteOperation { Kind = WriteKind.Update, Id = changed, ExpectedVersion = versions[changed], Fields = [new("name", FieldValue.Text("new"))] },
            new WriteOperation { Kind = WriteKind.Delete, Id = deleted, ExpectedVersion = versions[deleted] },
        ]), default);

        results.Should().OnlyContain(result => result.Status == WriteStatus.Applied);
        accounts.Rows.Should().HaveCount(4).And.OnlyContain(row => Equals(row["name"], "new"));
    }
}
