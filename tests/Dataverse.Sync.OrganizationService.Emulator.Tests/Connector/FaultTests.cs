using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>The connector against the emulated service: faults of the line and of the service.</summary>
public sealed class FaultTests
{
    public static TheoryData<string, EmulatorFault> Faults => new()
    {
        { "throttled", EmulatorFault.TooManyRequests(TimeSpan.Zero).Times(2) },
        { "throttled without a word", EmulatorFault.TooManyRequests().Times(2) },
        { "unavailable", EmulatorFault.ServiceUnavailable().Times(2) },
        { "unavailable after the work", EmulatorFault.Refusal(503, afterCommit: true).Times(2) },
        { "timeout after the work", EmulatorFault.GatewayTimeout().Times(2) },
        { "timeout before the work", EmulatorFault.GatewayTimeout(afterCommit: false).Times(2) },
        { "gateway page", EmulatorFault.HtmlError().Times(2) },
        { "gateway page after the work", EmulatorFault.HtmlError(afterCommit: true).Times(2) },
        { "cut before the work", EmulatorFault.ConnectionCut(afterCommit: false).Times(2) },
        { "cut after the work", EmulatorFault.ConnectionCut(afterCommit: true).Times(2) },
        { "half an answer", EmulatorFault.TruncatedBody().Times(2) },
        { "deadlock", EmulatorFault.DataverseDeadlock().Times(2) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Writes_under_a_fault_are_done_once_and_known_to_be(string name, EmulatorFault fault)
    {
        await using var system = await ServedOrganization.StartAsync(TablesUnderTest.Account);
        var accounts = system.Emulator.Table("account");
        var (changed, deleted) = (accounts.Insert([("name", "old")]), accounts.Insert([("name", "old")]));
        _ = await system.Connector.GetSchemaAsync("account", default);
        var (ofChanged, ofDeleted) = (await VersionAsync(system, changed.Id), await VersionAsync(system, deleted.Id));
        system.Emulator.Faults.Add(fault.On(request => request.IsWrite));

        var results = await system.Connector.WriteAsync(new WriteBatch("account",
        [
            .. Enumerable.Range(0, 5).Select(_ => new WriteOperation { Kind = WriteKind.Insert, Id = Guid.NewGuid(), Fields = [new("name", FieldValue.Text("new"))] }),
            new WriteOperation { Kind = WriteKind.Update, Id = changed.Id, ExpectedVersion = ofChanged, Fields = [new("name", FieldValue.Text("new"))] },
            new WriteOperation { Kind = WriteKind.Delete, Id = deleted.Id, ExpectedVersion = ofDeleted },
        ]), default);

        results.Should().OnlyContain(result => result.Status == WriteStatus.Applied, name);
        accounts.Rows.Should().HaveCount(6).And.OnlyContain(row => Equals(row["name"], "new"));
        system.Emulator.Faults.IsPending.Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Reads_under_a_fault_are_repeated_or_fail_but_never_tell_less(string name, EmulatorFault fault)
    {
        await using var system = await ServedOrganization.StartAsync(TablesUnderTest.Account, configure: options => options.PageSize = 2);
        for (var number = 0; number < 5; number++)
        {
            _ = system.Emulator.Table("account").Insert([("name", "A")]);
        }

        _ = await system.Connector.GetSchemaAsync("account", default);
        system.Emulator.Faults.Add(fault.After(1).Times(1));
        var keys = new List<Guid>();

        try
        {
            await foreach (var page in system.Connector.ReadKeysAsync("account", default))
            {
                keys.AddRange(page.Select(key => key.Id));
            }

            keys.Should().HaveCount(5, name);
        }
        catch (ConnectorException failure)
        {
            (failure.IsTransient || failure.Failure == ConnectorFailure.MalformedAnswer).Should().BeTrue(name);
        }

        system.Emulator.Faults.StruckCount.Should().Be(1);
    }

    // The client asks for a token before every call, so one that is refused is not repeated.
    [Fact]
    public async Task Refused_credentials_stop_a_call_before_anything_is_written()
    {
        await using var system = await ServedOrganization.StartAsync(TablesUnderTest.Account);
        _ = await system.Connector.GetSchemaAsync("account", default);
        system.Emulator.Faults.Add(EmulatorFault.Unauthorized().Always());

        var write = () => system.Connector.WriteAsync(new WriteBatch("account", [Write(WriteKind.Insert, Guid.NewGuid(), "A")]), default);

        (await write.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.Authentication);
        system.Emulator.Table("account").Count.Should().Be(0);
    }

    [Fact]
    public async Task A_thousand_inserts_and_a_thousand_updates_cost_ten_calls_each()
    {
        await using var system = await ServedOrganization.StartAsync(TablesUnderTest.Account);
        var ids = Enumerable.Range(0, 1_000).Select(_ => Guid.NewGuid()).ToList();
        _ = await system.Connector.GetSchemaAsync("account", default);
        system.Emulator.Requests.Reset();

        var inserts = await system.Connector.WriteAsync(new WriteBatch("account", [.. ids.Select(id => Write(WriteKind.Insert, id, "A"))]), default);
        var updates = await system.Connector.WriteAsync(new WriteBatch("account", [.. ids.Select(id => Write(WriteKind.Update, id, "B"))]), default);

        inserts.Concat(updates).Should().OnlyContain(result => result.Status == WriteStatus.Applied);
        system.Emulator.Requests.RequestCount.Should().Be(20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_inactive_record_is_created_changed_and_stays_inactive(bool refusesChanges)
    {
        await using var system = await ServedOrganization.StartAsync(
            TablesUnderTest.Account, options => options with { RejectChangesOfInactiveRows = refusesChanges });
        var id = Guid.NewGuid();
        var creation = Write(WriteKind.Insert, id, "old");
        creation = creation with { Fields = [.. creation.Fields, new("statecode", FieldValue.Integer(1))] };

        var created = await system.Connector.WriteAsync(new WriteBatch("account", [creation]), default);
        var changed = await system.Connector.WriteAsync(new WriteBatch("account", [Write(WriteKind.Update, id, "new")]), default);

        (created[0].Status, changed[0].Status).Should().Be((WriteStatus.Applied, WriteStatus.Applied));
        var row = system.Emulator.Table("account").Get(id);
        (row["name"], row["statecode"], row["statuscode"]).Should().Be(("new", 1, 2));
    }

    [Fact]
    public async Task One_bad_row_does_not_keep_the_others_out()
    {
        await using var system = await ServedOrganization.StartAsync(TablesUnderTest.Account);
        system.Emulator.WriteRules.Reject(write => Equals(write.After?["name"], "bad"), DataverseRejection.PlugIn("no"));
        var names = Enumerable.Range(0, 50).Select(number => number == 30 ? "bad" : "good").ToList();

        var results = await system.Connector.WriteAsync(
            new WriteBatch("account", [.. names.Select(name => Write(WriteKind.Insert, Guid.NewGuid(), name))]), default);

        results.Select(result => result.Status == WriteStatus.Applied).Should().Equal(names.Select(name => name == "good"));
        results[30].Status.Should().Be(WriteStatus.Rejected);
        system.Emulator.Table("account").Count.Should().Be(49);
    }

    private static WriteOperation Write(WriteKind kind, Guid id, string name) =>
        new() { Kind = kind, Id = id, Fields = [new("name", FieldValue.Text(name))] };

    private static async Task<string?> VersionAsync(ServedOrganization system, Guid id)
    {
        var query = new RecordQuery { Table = "account", Fields = ["name"], Ids = [id] };
        return (await system.Connector.ReadByIdAsync(query, default)).Single().Version;
    }
}
