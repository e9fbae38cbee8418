using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class UpdateTests
{
    private static readonly (string, string) Any = ("If-Match", "*");

    [Fact]
    public async Task Patch_answers_200_with_the_whole_record_and_a_new_tag()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var url = $"customers({bc.Customer("C1")["id"]})";
        var before = await bc.GetAsync(url);
        bc.Time.Advance(TimeSpan.FromSeconds(5));

        var answer = await bc.SendAsync("PATCH", url, new JsonObject { ["city"] = "Oslo" }, ("If-Match", before.Tag));

        answer.Status.Should().Be(200);
        answer.ContentHeaders.ContentType!.ToString().Should().Be("application/json");
        answer.Headers.Contains("OData-Version").Should().BeFalse();
        answer.Tag.Should().NotBe(before.Tag);
        ((string)answer.Json["lastModifiedDateTime"]!).Should().Be("2026-08-17T10:00:05Z");
        (await bc.GetAsync(url)).Text.Should().Be(answer.Text);
    }

    [Fact]
    public async Task Patch_without_or_with_a_malformed_tag_is_400()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var url = $"customers({bc.Customer("C1")["id"]})";
        var tag = (await bc.GetAsync(url)).Tag;
        var body = new JsonObject { ["city"] = "Oslo" };

        (await bc.SendAsync("PATCH", url, body)).ShouldBeRefused(400, "BadRequest_InvalidToken");
        foreach (var malformed in new[]
        {
            tag[2..],
            tag[3..^1],
            tag.Replace("\"", "\\\"", StringComparison.Ordinal),
            "W/\"\"",
            "W/\"***\"",
        })
        {
            (await bc.SendAsync("PATCH", url, body, ("If-Match", malformed))).ShouldBeRefused(
                400, "BadRequest_InvalidToken");
        }

        ((string)bc.Emulator.Table("customers").Rows[0]["city"]!).Should().BeEmpty();
    }

    [Fact]
    public async Task Patch_with_a_stale_tag_is_409_and_changes_nothing()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var url = $"customers({bc.Customer("C1")["id"]})";
        var stale = (await bc.GetAsync(url)).Tag;
        _ = await bc.SendAsync("PATCH", url, new JsonObject { ["city"] = "Oslo" }, Any);

        (await bc.SendAsync("PATCH", url, new JsonObject { ["city"] = "Bergen" }, ("If-Match", stale))).ShouldBeRefused(
            409, "Request_EntityChanged");

        ((string)(await bc.GetAsync(url)).Json["city"]!).Should().Be("Oslo");
    }

    [Fact]
    public async Task Tag_returns_when_the_data_does()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var url = $"customers({bc.Customer("C1")["id"]})";
        var first = (await bc.GetAsync(url)).Tag;

        _ = await bc.SendAsync("PATCH", url, new JsonObject { ["city"] = "Oslo" }, Any);
        var back = await bc.SendAsync("PATCH", url, new JsonObject { ["city"] = "" }, Any);

        back.Tag.Should().Be(first);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Flow_field_moves_the_tag_only_when_switched_and_never_the_stamp(bool covers)
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { TagsCoverCalculatedFields = covers });
        var id = Guid.Parse((string)bc.Customer("C1")["id"]!);
        var before = await bc.GetAsync($"customers({id})");
        bc.Time.Advance(TimeSpan.FromMinutes(1));

        _ = bc.Emulator.Table("customers").Overwrite(id, new JsonObject { ["balanceDue"] = 12.50m });

        var after = await bc.GetAsync($"customers({id})");
        (after.Tag != before.Tag).Should().Be(covers);
        after.Json["balanceDue"]!.ToJsonString().Should().Be("12.5");
        ((string)after.Json["lastModifiedDateTime"]!).Should().Be((string)before.Json["lastModifiedDateTime"]!);
    }

    [Fact]
    public async Task Stamp_alone_moves_the_tag_only_when_switched()
    {
        foreach (var covers in new[] { true, false })
        {
            await using var bc = await BusinessCentralFixture.StartAsync(new() { TagsCoverModificationStamp = covers });
            var url = $"customers({bc.Customer("C1")["id"]})";
            var before = (await bc.GetAsync(url)).Tag;
            bc.Time.Advance(TimeSpan.FromMinutes(1));

            (((await bc.SendAsync("PATCH", url, new JsonObject { ["city"] = "" }, Any)).Tag != before)).Should()
                .Be(covers);
        }
    }

    [Theory]
    [InlineData("customers", true)]
    [InlineData("salespeoplePurchasers", false)]
    public async Task Patch_without_real_change_moves_the_stamp_of_tables_with_a_modified_field_of_their_own(
        string set, bool moves)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var values = set == "customers"
            ? new JsonObject { ["displayName"] = "A" }
            : new JsonObject { ["code"] = "A", ["displayName"] = "A" };
        var row = bc.Insert(set, values);
        bc.Time.Advance(TimeSpan.FromMinutes(1));

        var answer = await bc.SendAsync("PATCH", $"{set}({row["id"]})", new JsonObject { ["displayName"] = "A" }, Any);

        ((string)answer.Json["lastModifiedDateTime"]! != (string)row["lastModifiedDateTime"]!).Should().Be(moves);
    }

    [Fact]
    public async Task Patch_can_show_the_stamp_from_before_when_switched()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { PatchShowsOldStamp = true });
        var url = $"customers({bc.Customer("C1")["id"]})";
        bc.Time.Advance(TimeSpan.FromMinutes(1));

        var answer = await bc.SendAsync("PATCH", url, new JsonObject { ["city"] = "Oslo" }, Any);

        ((string)answer.Json["lastModifiedDateTime"]!).Should().Be("2026-08-17T10:00:00Z");
        ((string)(await bc.GetAsync(url)).Json["lastModifiedDateTime"]!).Should().Be("2026-08-17T10:01:00Z");
    }

    [Fact]
    public async Task Read_only_property_is_refused_even_unchanged_unless_switched()
    {
        foreach (var refuses in new[] { true, false })
        {
            await using var bc = await BusinessCentralFixture.StartAsync(
                new() { RefusesUnchangedReadOnlyValues = refuses });
            var row = bc.Customer("C1");

            var answer = await bc.SendAsync(
                "PATCH", $"customers({row["id"]})", new JsonObject { ["id"] = (string)row["id"]!, ["balanceDue"] = 0 },
                Any);

            answer.Status.Should().Be(refuses ? 400 : 200);
            (await bc.SendAsync(
                "PATCH", $"customers({row["id"]})", new JsonObject { ["balanceDue"] = 1 },
                Any)).ShouldBeRefused(400, "BadRequest_InvalidOperation");
        }
    }

    [Fact]
    public async Task Annotations_in_the_body_are_ignored_so_a_tag_there_protects_nothing()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var url = $"customers({bc.Customer("C1")["id"]})";

        (await bc.SendAsync(
            "PATCH", url,
            new JsonObject
            {
                ["@odata.etag"] = "W/\"x\"",
                ["city"] = "Oslo",
            })).ShouldBeRefused(400, "BadRequest_InvalidToken");
        (await bc.SendAsync(
            "PATCH", url, new JsonObject { ["@odata.etag"] = "W/\"x\"", ["city"] = "Oslo" },
            Any)).Status.Should().Be(200);
    }

    [Fact]
    public async Task Refused_patch_changes_nothing_although_an_earlier_property_was_fine()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var row = bc.Customer("C1");

        (await bc.SendAsync(
            "PATCH", $"customers({row["id"]})", new JsonObject { ["city"] = "Oslo", ["email"] = "nobody" },
            Any)).Status.Should().Be(400);

        bc.Emulator.Table("customers").Rows.Single().ToJsonString().Should().Be(row.ToJsonString());
    }

    [Fact]
    public async Task Unknown_id_is_404_for_patch_and_delete()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.SendAsync("PATCH", $"customers({Guid.NewGuid()})", new JsonObject(), Any)).ShouldBeRefused(
            404, "BadRequest_ResourceNotFound");
        (await bc.SendAsync("DELETE", $"customers({Guid.NewGuid()})", null, Any)).ShouldBeRefused(
            404, "BadRequest_ResourceNotFound");
    }

    [Fact]
    public async Task Rename_keeps_the_id_moves_the_stamp_and_cascades()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var salesperson = bc.Insert("salespeoplePurchasers", new JsonObject { ["code"] = "JO" });
        var customer = bc.Insert("customers", new JsonObject { ["displayName"] = "A", ["salespersonCode"] = "JO" });
        bc.Time.Advance(TimeSpan.FromSeconds(1));

        var answer = await bc.SendAsync(
            "PATCH", $"salespeoplePurchasers({salesperson["id"]})", new JsonObject { ["code"] = "jim" }, Any);

        (answer.Id, (string)answer.Json["code"]!).Should().Be(((string)salesperson["id"]!, "JIM"));
        ((string)answer.Json["lastModifiedDateTime"]!).Should().Be("2026-08-17T10:00:01Z");
        ((string)(await bc.GetAsync($"customers({customer["id"]})")).Json["salespersonCode"]!).Should().Be("JIM");
    }

    [Fact]
    public async Task Rename_to_a_taken_code_is_a_duplicate_and_to_a_blank_one_refused()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Customer("C1");
        var url = $"customers({bc.Customer("C2")["id"]})";

        (await bc.SendAsync("PATCH", url, new JsonObject { ["number"] = "c1" }, Any)).ShouldBeRefused(
            400, "Internal_EntityWithSameKeyExists");
        (await bc.SendAsync("PATCH", url, new JsonObject { ["number"] = "" }, Any)).ShouldBeRefused(
            400, "BadRequest_RequiredParamNotProvided");
        bc.Emulator.Table("customers").Rows.Select(row => (string)row["number"]!).Should().Equal("C1", "C2");
    }

    [Fact]
    public async Task Concurrent_conditional_writes_let_one_through()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var url = $"customers({bc.Customer("C1")["id"]})";
        var tag = (await bc.GetAsync(url)).Tag;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            bc.SendAsync("PATCH", url, new JsonObject { ["city"] = $"City {i}" }, ("If-Match", tag))));

        answers.Select(answer => answer.Status).Order().Should().Equal([200, .. Enumerable.Repeat(409, 7)]);
    }

    [Fact]
    public async Task Company_information_can_be_patched_except_for_the_currency()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var url = $"companyInformation({bc.Emulator.Table("companyInformation").Rows[0]["id"]})";

        (await bc.SendAsync("PATCH", url, new JsonObject { ["city"] = "Oslo" }, Any)).Status.Should().Be(200);
        (await bc.SendAsync("PATCH", url, new JsonObject { ["currencyCode"] = "NOK" }, Any)).ShouldBeRefused(
            400, "BadRequest_InvalidOperation");
        (await bc.SendAsync("DELETE", url, null, Any)).ShouldBeRefused(405, "BadRequest_MethodNotAllowed");
    }
}
