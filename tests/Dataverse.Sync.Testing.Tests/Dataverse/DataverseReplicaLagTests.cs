using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Testing.Tests;

/// <summary>Reads from a replica that lags behind.</summary>
public sealed class DataverseReplicaLagTests
{
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 8, 17, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Reads_show_a_write_after_the_lag_and_conditions_of_writes_at_once()
    {
        await using var client = await DataverseClient.StartAsync(new() { TimeProvider = time, ReplicaLag = Lag });
        var row = client.Accounts.Insert(("name", "old"));
        time.Advance(Lag);
        var read = await client.GetAsync($"accounts({row.Id})?$select=name");
        var tag = read.Json["@odata.etag"]!.GetValue<string>();

        (await client.PatchAsync($"accounts({row.Id})", """{"name":"new"}""", ("If-Match", tag))).Status.Should().Be(204);

        (await client.GetAsync($"accounts({row.Id})?$select=name")).Json["name"]!.GetValue<string>().Should().Be("old");
        (await client.PatchAsync($"accounts({row.Id})", """{"name":"lost"}""", ("If-Match", tag))).Status.Should().Be(412);
        time.Advance(Lag);
        (await client.GetAsync($"accounts({row.Id})?$select=name")).Json["name"]!.GetValue<string>().Should().Be("new");
    }

    [Fact]
    public async Task Change_tracking_loses_nothing_behind_the_lag()
    {
        await using var client = await DataverseClient.StartAsync(new() { TimeProvider = time, ReplicaLag = Lag });
        _ = client.Accounts.Insert(("name", "A"));
        var first = await client.GetAsync("accounts?$select=name", ("Prefer", "odata.track-changes"));
        first.Json["value"]!.AsArray().Should().BeEmpty();

        time.Advance(Lag);
        var second = await client.GetAsync(first.Json["@odata.deltaLink"]!.GetValue<string>());

        second.Json["value"]!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task Reads_in_a_batch_lag_and_definitions_do_not()
    {
        await using var client = await DataverseClient.StartAsync(new() { TimeProvider = time, ReplicaLag = Lag });
        _ = client.Accounts.Insert(("name", "A"));
        const string Part = "--batch_A\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n";

        (await client.BatchAsync($"{Part}GET /api/data/v9.2/accounts HTTP/1.1\r\n\r\n\r\n--batch_A--\r\n")).Text.Should().Contain("\"value\":[]");
        _ = client.Emulator.AddTable(new() { LogicalName = "new_thing", SetName = "new_things", PrimaryName = "new_name", Columns = [DataverseColumn.Text("new_name", 100)] });
        (await client.GetAsync("new_things")).Status.Should().Be(200);
    }
}
