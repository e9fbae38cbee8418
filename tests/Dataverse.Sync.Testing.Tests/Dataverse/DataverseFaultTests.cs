using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseFaultTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_plug_in_refuses_marked_rows_and_what_is_in_their_transaction()
    {
        await using var client = await DataverseClient.StartAsync();
        client.Emulator.WriteRules.Reject(
            write => write.After?["name"] is "bad", DataverseRejection.PlugIn("Not this one."));

        var single = await client.PostAsync("accounts", """{"name":"bad"}""");
        var bulk = await client.PostAsync(
            "accounts/Microsoft.Dynamics.CRM.CreateMultiple",
            """{"Targets":[{"@odata.type":"Microsoft.Dynamics.CRM.account","name":"good"},{"@odata.type":"Microsoft.Dynamics.CRM.account","name":"bad"}]}""");

        single.ShouldFail(400, "0x80040265");
        single.Message.Should().Be("Not this one.");
        bulk.ShouldFail(400, "0x80040265");
        client.Accounts.Count.Should().Be(0);
        client.Accounts.Insert(("name", "bad"));
        client.Emulator.WriteRules.Clear();
        (await client.PostAsync("accounts", """{"name":"bad"}""")).Status.Should().Be(204);
    }

    [Fact]
    public async Task A_rejection_can_end_after_some_writes()
    {
        await using var client = await DataverseClient.StartAsync();
        client.Emulator.WriteRules.Reject(_ => true, DataverseRejection.Deadlock().Times(1));

        var first = await client.PostAsync("accounts", """{"name":"A"}""");

        first.ShouldFail(500, "0x80044150");
        first.Message.Should().Contain("Sql Number: 1205");
        (await client.PostAsync("accounts", """{"name":"A"}""")).Status.Should().Be(204);
    }

    [Fact]
    public async Task A_part_of_a_batch_may_be_throttled_alone()
    {
        await using var client = await DataverseClient.StartAsync();
        client.Emulator.WriteRules.Reject(_ => true, DataverseRejection.Throttled().Times(1));
        const string Part =
            "--batch_A\r\nContent-Type: application/http\r\n\r\nPOST accounts HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{}\r\n";

        var answer = await client.BatchAsync(Part + Part + "--batch_A--\r\n", ("Prefer", "odata.continue-on-error"));

        answer.Status.Should().Be(200);
        answer.Text.Should().Contain("HTTP/1.1 429 Too Many Requests").And.Contain("HTTP/1.1 204 No Content");
        client.Accounts.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_missing_privilege_is_403_for_its_table_only()
    {
        await using var client = await DataverseClient.StartAsync();
        client.Emulator.WriteRules.Deny("account", DataversePrivilege.Create);
        client.Emulator.WriteRules.Deny("account", DataversePrivilege.Read);

        (await client.PostAsync("accounts", """{"name":"A"}""")).ShouldFail(403, "0x80040220");
        (await client.GetAsync("accounts")).ShouldFail(403, "0x80040220");
        (await client.PostAsync("contacts", """{"lastname":"L"}""")).Status.Should().Be(204);
    }

    [Fact]
    public async Task The_platform_may_write_a_row_once_more_behind_the_clients_back()
    {
        await using var client = await DataverseClient.StartAsync();
        client.Emulator.WriteRules.BumpVersionAfter(row => row.Table == "account");

        var answer = await client.PostAsync(
            "accounts?$select=name", """{"name":"A"}""", ("Prefer", "return=representation"));
        var etag = answer.Header("ETag")!;
        var id = answer.Json["accountid"]!.GetValue<Guid>();

        client.Accounts.Get(id).ETag.Should().NotBe(etag);
        (await client.PatchAsync($"accounts({id})", """{"name":"B"}""", ("If-Match", etag))).Status.Should().Be(412);
    }

    [Fact]
    public async Task The_servers_clock_may_be_off()
    {
        await using var client = await DataverseClient.StartAsync(
            new DataverseEmulatorOptions { TimeProvider = clock, ClockSkew = TimeSpan.FromMinutes(-7) });

        client.Accounts.Insert(("name", "A"))["modifiedon"].Should()
            .Be(new DateTimeOffset(2026, 5, 1, 7, 53, 0, TimeSpan.Zero));
        (await client.GetAsync("WhoAmI")).Header("Date").Should().Be("Fri, 01 May 2026 07:53:00 GMT");
    }

    [Fact]
    public async Task Two_requests_on_one_row_at_the_same_time_may_be_a_deadlock()
    {
        await using var client = await DataverseClient.StartAsync(new DataverseEmulatorOptions
        {
            TimeProvider = clock,
            DeadlockOnConcurrentWrites = true,
            RequestLatency = TimeSpan.FromSeconds(1),
            RowLatency = TimeSpan.FromSeconds(1),
        });
        var id = client.Accounts.Insert(("name", "A")).Id;
        var version = client.Emulator.LastVersion;

        var both = Enumerable.Range(0, 2).Select(n => client.PatchAsync($"accounts({id})", $$"""{"name":"{{n}}"}"""))
            .ToList();
        while (both.Exists(task => !task.IsCompleted))
        {
            await Task.Yield();
            if (client.Emulator.LastVersion >= version + 2)
            {
                // The second request has its version inside its transaction. Inserting waits until the transaction has ended.
                _ = client.Accounts.Insert(("name", "B"));
                clock.Advance(TimeSpan.FromSeconds(3));
            }
        }

        (await Task.WhenAll(both)).Select(answer => answer.Status).Should().BeEquivalentTo([204, 500]);
        var after = client.PatchAsync($"accounts({id})", """{"name":"C"}""");
        while (!after.IsCompleted)
        {
            await Task.Yield();
            clock.Advance(TimeSpan.FromSeconds(3));
        }

        (await after).Status.Should().Be(204);
    }

    [Fact]
    public async Task An_answer_lost_after_the_commit_leaves_the_row()
    {
        await using var client = await DataverseClient.StartAsync();
        client.Emulator.Faults.Add(EmulatorFault.ConnectionCut(afterCommit: true).On(request => request.IsWrite));

        await FluentActions.Awaiting(() => client.PostAsync("accounts", """{"name":"A"}""")).Should()
            .ThrowAsync<HttpRequestException>();

        client.Accounts.Count.Should().Be(1);
        client.Emulator.Requests.RowWriteCount.Should().Be(1);
    }

    [Fact]
    public async Task Refusals_of_the_plan_have_the_services_error_shape()
    {
        await using var client = await DataverseClient.StartAsync();
        client.Emulator.Faults.Add(EmulatorFault.TooManyRequests(TimeSpan.FromSeconds(7)));
        client.Emulator.Faults.Add(EmulatorFault.Unauthorized());
        client.Emulator.Faults.Add(EmulatorFault.ServiceUnavailable());

        var throttled = await client.GetAsync("WhoAmI");
        throttled.ShouldFail(429, "0x80072322");
        throttled.Header("Retry-After").Should().Be("7");
        (await client.GetAsync("WhoAmI")).ShouldFail(401, "0x8005F101");
        (await client.GetAsync("WhoAmI")).Status.Should().Be(503);
        (await client.GetAsync("WhoAmI")).Status.Should().Be(200);
    }

    [Fact]
    public async Task Errors_tell_more_when_annotations_are_wanted()
    {
        await using var client = await DataverseClient.StartAsync();
        var url = $"accounts({Guid.NewGuid()})";

        var plain = await client.GetAsync(url);
        var annotated = await client.GetAsync(url, ("Prefer", "odata.include-annotations=\"*\""));

        plain.Json["error"]!.AsObject().Select(member => member.Key).Should().Equal("code", "message");
        annotated.Json["error"]!.AsObject().Select(member => member.Key).Should()
            .Contain("@Microsoft.PowerApps.CDS.HelpLink");
    }

    [Fact]
    public async Task A_tests_own_writes_are_checked_too()
    {
        await using var client = await DataverseClient.StartAsync();
        var id = client.Accounts.Insert(("name", "A")).Id;

        client.Invoking(it => it.Accounts.Insert(("nam", "A"))).Should().Throw<ArgumentException>()
            .WithMessage("*'nam'*");
        client.Invoking(it => it.Accounts.Insert(("name", 5))).Should().Throw<ArgumentException>()
            .WithMessage("*Int32*'name'*");
        client.Invoking(it => it.Accounts.Insert(("name", new string('x', 161)))).Should().Throw<ArgumentException>()
            .WithMessage("0x80044331*");
        client.Invoking(
            it => it.Accounts.Insert(("parentaccountid", new DataverseReference("account", Guid.NewGuid()))))
            .Should().Throw<ArgumentException>();
        client.Invoking(it => it.Accounts.Insert(("parentaccountid", new DataverseReference("contact", id)))).Should()
            .Throw<ArgumentException>();
        client.Invoking(it => it.Accounts.Update(Guid.NewGuid())).Should().Throw<KeyNotFoundException>();
        client.Accounts.Count.Should().Be(1);
    }
}
