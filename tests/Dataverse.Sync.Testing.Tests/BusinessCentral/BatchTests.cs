using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class BatchTests
{
    private static readonly (string, string) ContinueOnError = ("Prefer", "odata.continue-on-error");
    private static readonly (string, string) Snapshot = ("Isolation", "snapshot");

    [Fact]
    public async Task Parts_are_answered_in_order_under_an_outer_200()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var customer = bc.Customer("C1");

        var answer = await SendAsync(
            bc,
            [
                Part("r1", "POST", "currencies", new JsonObject { ["code"] = "XTS" }),
                Part("r2", "PATCH", $"customers({customer["id"]})", new JsonObject { ["city"] = "Oslo" }),
                Part("r3", "GET", "customers?$filter=city eq 'Oslo'&$select=number"),
                Part("r4", "DELETE", $"customers({customer["id"]})"),
            ]);

        answer.Status.Should().Be(200);
        Responses(answer).Select(part => ((string)part["id"]!, (int)part["status"]!)).Should()
            .Equal(("r1", 201), ("r2", 200), ("r3", 200), ("r4", 204));
        ((string)Responses(answer)[0]["body"]!["code"]!).Should().Be("XTS");
        ((string)Responses(answer)[0]["headers"]!["location"]!).Should()
            .StartWith($"{bc.Emulator.BaseAddress}{BusinessCentralFixture.CompanyPath}/currencies(");
        ((string)Responses(answer)[2]["body"]!["value"]![0]!["number"]!).Should().Be("C1");
        Responses(answer)[3].ContainsKey("body").Should().BeFalse();
        (bc.Emulator.Requests.RequestCount, bc.Emulator.Requests.WriteRequestCount, bc.Emulator.Requests.RowWriteCount).Should().Be((1, 1, 3));
    }

    [Fact]
    public async Task First_failure_ends_the_batch_and_what_went_before_stays()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await SendAsync(bc, [Currency("1", "A"), Currency("2", "A"), Currency("3", "B")]);

        Statuses(answer).Should().Equal(201, 400);
        ((string)Responses(answer)[1]["body"]!["error"]!["code"]!).Should().Be("Internal_EntityWithSameKeyExists");
        Codes(bc).Should().Equal("A");
        bc.Emulator.Requests.RowWriteCount.Should().Be(1);
    }

    [Fact]
    public async Task Continue_on_error_carries_out_the_rest()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        Statuses(await SendAsync(bc, [Currency("1", "A"), Currency("2", "A"), Currency("3", "B")], ContinueOnError))
            .Should().Equal(201, 400, 201);

        Codes(bc).Should().Equal("A", "B");
    }

    [Fact]
    public async Task Snapshot_that_fails_undoes_everything_but_still_says_201_for_the_parts_before()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Insert("currencies", new JsonObject { ["code"] = "OLD" });

        var answer = await SendAsync(bc, [Currency("1", "A"), Currency("2", "OLD"), Currency("3", "B")], Snapshot);

        answer.Status.Should().Be(200);
        Statuses(answer).Should().Equal(201, 400);
        var misleading = (string)Responses(answer)[0]["body"]!["id"]!;
        (await bc.GetAsync($"currencies({misleading})")).Status.Should().Be(404);
        Codes(bc).Should().Equal("OLD");
        bc.Emulator.Requests.RowWriteCount.Should().Be(0);
    }

    [Fact]
    public async Task Snapshot_that_succeeds_keeps_everything_and_sees_its_own_writes()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await SendAsync(
            bc, [Currency("1", "A"), Part("2", "GET", "currencies/$count"), Currency("3", "B")], Snapshot);

        Statuses(answer).Should().Equal(201, 200, 201);
        ((string)Responses(answer)[1]["body"]!).Should().Be("1");
        Codes(bc).Should().Equal("A", "B");
    }

    [Fact]
    public async Task Snapshot_rollback_gives_numbers_and_contacts_back()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var customer = Part("1", "POST", "customers", new JsonObject { ["displayName"] = "A" });

        _ = await SendAsync(bc, [customer, Currency("2", "")], Snapshot);

        bc.Emulator.Table("contacts").Count.Should().Be(0);
        ((string)(await bc.SendAsync(
            "POST", "customers", new JsonObject { ["displayName"] = "B" })).Json["number"]!).Should().Be("C00010");
    }

    [Theory]
    [InlineData(100, 200)]
    [InlineData(101, 500)]
    public async Task More_than_a_hundred_parts_look_like_a_server_error(int parts, int status)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await SendAsync(bc, [.. Enumerable.Range(0, parts).Select(i => Currency($"{i}", $"C{i}"))]);

        answer.Status.Should().Be(status);
        if (status == 500)
        {
            answer.ShouldBeRefused(500, "Unknown");
            answer.Message.Should().Contain("too many parts").And.Contain("'100'");
        }

        Codes(bc).Should().HaveCount(status == 200 ? 100 : 0);
    }

    [Fact]
    public async Task Parts_check_their_own_tags()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var url = $"customers({bc.Customer("C1")["id"]})";
        var tag = (await bc.GetAsync(url)).Tag;

        var answer = await SendAsync(
            bc,
            [Part("1", "PATCH", url, new JsonObject { ["city"] = "Oslo" }, tag), Part(
                "2", "PATCH", url, new JsonObject { ["city"] = "Bergen" }, tag)]);

        Statuses(answer).Should().Equal(200, 409);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"requests":[{"id":"1"}]}""")]
    [InlineData("""{"requests":5}""")]
    public async Task Malformed_batch_is_400(string body)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.SendRawAsync("POST", "$batch", body)).ShouldBeRefused(400, "RequestDataInvalid");
    }

    [Fact]
    public async Task Part_with_a_url_outside_the_api_fails_on_its_own()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        Statuses(await SendAsync(bc, [Part("1", "GET", "nonsense"), Currency("2", "A")], ContinueOnError)).Should()
            .Equal(404, 201);
    }

    [Fact]
    public async Task Batch_of_reads_is_no_write_request()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        _ = await SendAsync(bc, [Part("1", "GET", "customers")]);

        (bc.Emulator.Requests.RequestCount, bc.Emulator.Requests.WriteRequestCount).Should().Be((1, 0));
    }

    private static JsonObject Currency(string id, string code) =>
        Part(id, "POST", "currencies", new JsonObject { ["code"] = code });

    private static JsonObject Part(string id, string method, string path, JsonObject? body = null, string tag = "*")
    {
        var part = new JsonObject
        {
            ["id"] = id,
            ["method"] = method,
            ["url"] = path == "nonsense" ? path : $"{BusinessCentralFixture.CompanyPath}/{path}",
            ["headers"] = new JsonObject { ["Content-Type"] = "application/json", ["If-Match"] = tag },
        };
        if (body is not null)
        {
            part["body"] = body;
        }

        return part;
    }

    private static Task<Answer> SendAsync(
        BusinessCentralFixture bc, JsonObject[] parts, params (string, string)[] headers) =>
        bc.SendRawAsync(
            "POST", "$batch", new JsonObject { ["requests"] = new JsonArray([.. parts]) }.ToJsonString(), headers);

    private static JsonObject[] Responses(Answer answer) =>
        [.. answer.Json["responses"]!.AsArray().Select(part => part!.AsObject())];

    private static IEnumerable<int> Statuses(Answer answer) => Responses(answer).Select(part => (int)part["status"]!);

    private static IEnumerable<string> Codes(BusinessCentralFixture bc) =>
        bc.Emulator.Table("currencies").Rows.Select(row => (string)row["code"]!);
}
