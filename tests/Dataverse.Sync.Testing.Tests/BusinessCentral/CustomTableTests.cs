using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class CustomTableTests
{
    [Fact]
    public async Task Custom_page_is_served_at_its_own_route_only()
    {
        await using var bc = await StartAsync();
        _ = bc.Insert("notes", new JsonObject { ["name"] = "a" });

        var answer = await bc.SendRawAsync("GET", Url(bc), null);

        answer.Column("name").Should().Equal("a");
        ((string)answer.Json["@odata.context"]!).Should()
            .Be($"{bc.Emulator.RouteAddress(CustomTables.Route)}$metadata#{BusinessCentralFixture.CompanyPath}/notes");
        (await bc.GetAsync("notes")).ShouldBeRefused(404, "BadRequest_NotFound");
        (await bc.SendRawAsync(
            "GET", $"{bc.Emulator.RouteAddress(CustomTables.Route)}{BusinessCentralFixture.CompanyPath}/customers",
            null))
            .ShouldBeRefused(404, "BadRequest_NotFound");
    }

    [Fact]
    public async Task Every_type_has_its_wire_form_and_blank()
    {
        await using var bc = await StartAsync();
        var body = new JsonObject
        {
            ["name"] = " a ",
            ["code"] = " ab",
            ["amount"] = 10.50m,
            ["count"] = 7,
            ["large"] = 9007199254740993,
            ["done"] = true,
            ["due"] = "2026-02-28",
            ["seen"] = "2026-08-17T12:30:00.120+02:00",
            ["owner"] = "AABBCCDD-0000-0000-0000-000000000001",
            ["kind"] = "Bank_x0020_Account",
        };

        var full = (await bc.SendRawAsync("POST", Url(bc), body.ToJsonString())).Json;
        var blank = (await bc.SendRawAsync("POST", Url(bc), """{"name":"b"}""")).Json;

        Values(full).Should().Be(
            """
            " a ","AB",10.5,7,9007199254740993,true,"2026-02-28","2026-08-17T10:30:00.12Z","aabbccdd-0000-0000-0000-000000000001","Bank_x0020_Account",0,""
            """);
        Values(blank).Should().Be(
            """
            "b","",0,0,0,false,"0001-01-01","0001-01-01T00:00:00Z","00000000-0000-0000-0000-000000000000","_x0020_",0,""
            """);
    }

    [Fact]
    public async Task Client_may_choose_the_id_where_the_page_allows_it()
    {
        await using var bc = await StartAsync();
        var id = Guid.NewGuid().ToString();

        var first = await bc.SendRawAsync("POST", Url(bc), $$"""{"id":"{{id}}","name":"a"}""");
        var again = await bc.SendRawAsync("POST", Url(bc), $$"""{"id":"{{id}}","name":"b"}""");

        first.Id.Should().Be(id);
        again.ShouldBeRefused(400, "Internal_EntityWithSameKeyExists");
    }

    [Fact]
    public async Task Row_version_rises_with_every_write_of_any_table()
    {
        await using var bc = await StartAsync();

        var first = bc.Insert("notes", new JsonObject { ["name"] = "a" });
        _ = bc.Customer("C1");
        var second = bc.Insert("notes", new JsonObject { ["name"] = "b" });

        ((long)second["systemRowVersion"]!).Should().BeGreaterThan((long)first["systemRowVersion"]! + 1);
        (await bc.SendRawAsync(
            "GET", $"{Url(bc)}?$filter=systemRowVersion gt {first["systemRowVersion"]}",
            null)).Column("name").Should().Equal("b");
    }

    [Theory]
    [InlineData("""{"name":"a","fixedText":"x"}""", "BadRequest_InvalidOperation")]
    [InlineData("""{"name":"a","total":1}""", "BadRequest_InvalidOperation")]
    [InlineData("""{"name":"a","systemRowVersion":1}""", "BadRequest_InvalidOperation")]
    [InlineData("""{"name":"a","count":1.5}""", "BadRequest")]
    [InlineData("""{"name":"a","count":3000000000}""", "BadRequest")]
    [InlineData("""{"name":"a","due":"28.02.2026"}""", "BadRequest")]
    [InlineData("""{"name":"a","seen":"soon"}""", "BadRequest")]
    [InlineData("""{"name":"a","code":"abcdef"}""", "Application_StringExceededLength")]
    public async Task Page_definition_is_enforced(string body, string code)
    {
        await using var bc = await StartAsync();

        (await bc.SendRawAsync("POST", Url(bc), body)).ShouldBeRefused(400, code);
    }

    [Fact]
    public async Task Companies_are_separate()
    {
        await using var bc = await StartAsync();
        var other = bc.Emulator.AddCompany("Other", "EUR").Id;
        _ = bc.Emulator.Table("customers", other)
            .Insert(new JsonObject { ["number"] = "C1", ["displayName"] = "There" });

        (await bc.GetAsync("customers")).Rows.Should().BeEmpty();
        var there = await bc.SendRawAsync("GET", $"companies({other})/customers", null);
        there.Column("displayName").Should().Equal("There");
        there.Column("currencyCode").Should().Equal("EUR");
    }

    [Fact]
    public async Task Definition_without_an_id_or_with_a_taken_name_is_rejected_at_the_start()
    {
        var noId = new BusinessCentralTableDefinition("x", "y") { Fields = [new("a", BusinessCentralFieldType.Text)] };

        await FluentActions.Awaiting(() => BusinessCentralEmulator.StartAsync(new() { Tables = [noId] })).Should()
            .ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(
            () => BusinessCentralEmulator.StartAsync(
                new() { Tables = [CustomTables.Notes, CustomTables.Notes] })).Should().ThrowAsync<ArgumentException>();
    }

    private static Task<BusinessCentralFixture> StartAsync() =>
        BusinessCentralFixture.StartAsync(new() { Tables = [CustomTables.Notes] });

    private static string Url(BusinessCentralFixture bc) =>
        $"{bc.Emulator.RouteAddress(CustomTables.Route)}{BusinessCentralFixture.CompanyPath}/notes";

    private static string Values(JsonObject row) => string.Join(',', row
        .SkipWhile(property => property.Key != "name").TakeWhile(property => property.Key != "systemCreatedAt")
        .Select(property => property.Value!.ToJsonString()));
}
