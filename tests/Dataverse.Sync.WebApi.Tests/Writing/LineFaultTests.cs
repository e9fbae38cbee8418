using Dataverse.Sync.Testing;
using static Dataverse.Sync.WebApi.Tests.WriteRequestTests;

namespace Dataverse.Sync.WebApi.Tests;

/// <summary>Faults of the line and of the service, tried on the emulator.</summary>
public sealed class LineFaultTests
{
    private static readonly Guid One = new("00000000-0000-4000-8000-000000000001");
    private static readonly Guid Two = new("00000000-0000-4000-8000-000000000002");

    [Fact]
    public async Task Inserts_that_are_sent_twice_below_the_connector_are_applied_once()
    {
        await using var dataverse = await DataverseEmulator.StartAsync();
        dataverse.Faults.Add(EmulatorFault.Doubled().On(request => request.IsWrite));

        var results = await WriteAsync(dataverse, Insert(One, ("name", FieldValue.Text("A"))), Insert(Two, ("name", FieldValue.Text("B"))));

        results.Select(result => (result.Status, result.Id)).Should().Equal((WriteStatus.Applied, One), (WriteStatus.Applied, Two));
        dataverse.Table("account").Rows.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_record_that_is_created_inactive_is_never_left_active(bool isDoubled)
    {
        await using var dataverse = await DataverseEmulator.StartAsync();
        dataverse.Faults.Add((isDoubled ? EmulatorFault.Doubled() : EmulatorFault.DataverseDeadlock(afterCommit: true)).InBatches().On(part => part.IsWrite));

        var results = await WriteAsync(dataverse, Inactive(One));

        results.Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Applied);
        dataverse.Table("account").Rows.Should().ContainSingle().Which["statecode"].Should().Be(1);
        dataverse.Requests.WriteRequestCount.Should().Be(1, "create and state travel in one change set");
    }

    [Fact]
    public async Task A_state_that_is_refused_creates_no_record()
    {
        await using var dataverse = await DataverseEmulator.StartAsync();

        var results = await WriteAsync(dataverse, Insert(One, ("name", FieldValue.Text("A")), ("statecode", FieldValue.Integer(1)), ("statuscode", FieldValue.Integer(1))));

        results.Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Rejected);
        dataverse.Table("account").Rows.Should().BeEmpty();
    }

    [Fact]
    public async Task An_insert_that_lands_late_and_is_sent_again_creates_one_record()
    {
        await using var dataverse = await DataverseEmulator.StartAsync();
        dataverse.Faults.Add(EmulatorFault.LateArrival().On(request => request.IsWrite));

        var results = await WriteAsync(dataverse, Inactive(One));
        await dataverse.Faults.LandLateRequestsAsync();

        results.Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Applied);
        dataverse.Table("account").Rows.Should().ContainSingle();
    }

    private static WriteOperation Inactive(Guid id) => Insert(id, ("name", FieldValue.Text("A")), ("statecode", FieldValue.Integer(1)), ("statuscode", FieldValue.Integer(2)));

    private static async Task<IReadOnlyList<WriteResult>> WriteAsync(DataverseEmulator dataverse, params WriteOperation[] operations)
    {
        using var connector = new WebApiConnector(new WebApiOptions
        {
            EnvironmentUrl = dataverse.BaseAddress,
            AccessToken = _ => new("token"),
            RetryDelay = TimeSpan.Zero,
        });
        return await connector.WriteAsync(new WriteBatch("account", operations), default);
    }
}
