using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class CompanyInformationTests
{
    [Fact]
    public async Task Information_is_changed_but_neither_created_nor_deleted()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var row = (await bc.GetAsync("companyInformation")).Rows.Single();
        var path = $"companyInformation({row["id"]})";

        var changed = await bc.SendAsync(
            "PATCH", path, new JsonObject { ["experience"] = "Essential", ["city"] = "Oslo" },
            ("If-Match", (string)row["@odata.etag"]!));

        changed.Status.Should().Be(200, changed.Text);
        ((string)changed.Json["experience"]!).Should().Be("Essential");
        ((string)changed.Json["city"]!).Should().Be("Oslo");
        (await bc.SendAsync("POST", "companyInformation", new JsonObject())).ShouldBeRefused(
            405, "BadRequest_MethodNotAllowed");
        (await bc.SendAsync("DELETE", path, null, ("If-Match", "*"))).ShouldBeRefused(
            405, "BadRequest_MethodNotAllowed");
    }

    [Theory]
    [InlineData("experience", "Gold", "Application_DialogException")]
    [InlineData("currencyCode", "EUR", "BadRequest_InvalidOperation")]
    [InlineData("currentFiscalYearStartDate", "2026-01-01", "BadRequest_InvalidOperation")]
    [InlineData("email", "nobody", "Application_DialogException")]
    [InlineData("country", "QQ", "Internal_InvalidTableRelation")]
    public async Task Value_that_the_page_does_not_take_is_refused(string property, string value, string code)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = (await bc.GetAsync("companyInformation")).Rows.Single()["id"];

        (await bc.SendAsync(
            "PATCH", $"companyInformation({id})", new JsonObject { [property] = value },
            ("If-Match", "*"))).ShouldBeRefused(400, code);
    }
}
