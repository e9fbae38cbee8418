using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class DefaultDimensionTests
{
    [Fact]
    public async Task Dimension_is_added_changed_and_removed_under_its_parent()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var customer = bc.Customer("C1");
        var (area, north, south) = Area(bc);
        var path = $"customers({customer["id"]})/defaultDimensions";

        var added = await bc.SendAsync(
            "POST", path,
            new JsonObject
            {
                ["dimensionId"] = area,
                ["dimensionValueId"] = north,
                ["postingValidation"] = "Same_x0020_Code",
            });

        added.Status.Should().Be(201, added.Text);
        added.Json.Select(property => property.Key).Should().Equal(
            "@odata.context", "@odata.etag", "id", "parentType", "parentId", "dimensionId", "dimensionCode",
            "dimensionValueId", "dimensionValueCode", "postingValidation", "lastModifiedDateTime");
        added.Json["parentType"]!.ToString().Should().Be("Customer");
        added.Json["parentId"]!.ToString().Should().Be((string)customer["id"]!);
        added.Json["dimensionCode"]!.ToString().Should().Be("AREA");
        added.Json["dimensionValueCode"]!.ToString().Should().Be("NORTH");
        added.Headers.Location!.ToString().Should().EndWith($"/{path}({added.Id})");
        var changed = await bc.SendAsync(
            "PATCH", $"{path}({added.Id})", new JsonObject { ["dimensionValueId"] = south }, ("If-Match", added.Tag));
        changed.Json["dimensionValueCode"]!.ToString().Should().Be("SOUTH");
        (await bc.GetAsync(path)).Column("dimensionValueCode").Should().Equal("SOUTH");
        (await bc.SendAsync("DELETE", $"{path}({added.Id})", null, ("If-Match", changed.Tag))).Status.Should().Be(204);
        (await bc.GetAsync(path)).Rows.Should().BeEmpty();
    }

    [Fact]
    public async Task Value_alone_brings_its_dimension()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var (area, north, _) = Area(bc);
        var path = $"vendors({bc.Insert("vendors", new JsonObject { ["displayName"] = "V" })["id"]})/defaultDimensions";

        var added = await bc.SendAsync("POST", path, new JsonObject { ["dimensionValueId"] = north });

        added.Json["dimensionId"]!.ToString().Should().Be(area);
        added.Json["parentType"]!.ToString().Should().Be("Vendor");
    }

    [Fact]
    public async Task Customer_comes_with_its_dimensions_in_one_transaction()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var (area, north, _) = Area(bc);
        JsonObject Body(params JsonNode[] dimensions) =>
            new() { ["displayName"] = "Adatum", ["defaultDimensions"] = new JsonArray(dimensions) };

        var added = await bc.SendAsync(
            "POST", "customers?$select=displayName&$expand=defaultDimensions($select=dimensionCode;$expand=dimension)",
            Body(new JsonObject { ["dimensionId"] = area, ["dimensionValueId"] = north }));
        var refused = await bc.SendAsync(
            "POST", "customers", Body(new JsonObject { ["dimensionId"] = Guid.NewGuid().ToString() }));

        added.Status.Should().Be(201, added.Text);
        added.Json.Select(property => property.Key).Should().Equal(
            "@odata.context", "@odata.etag", "displayName", "defaultDimensions");
        var dimension = added.Json["defaultDimensions"]!.AsArray().Single()!;
        dimension["dimensionCode"]!.ToString().Should().Be("AREA");
        dimension["dimension"]!["displayName"]!.ToString().Should().Be("Area");
        refused.ShouldBeRefused(400, "Application_DialogException");
        refused.Message.Should().Be("The \"dimensionId\" does not match to a Dimension.");
        bc.Emulator.Table("customers").Count.Should().Be(1, "the refused customer is not left behind");
        bc.Emulator.Requests.RowWriteCount.Should().Be(2);
    }

    [Fact]
    public async Task Only_parts_come_with_a_new_record_and_nothing_with_a_change()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = bc.Customer("C1")["id"];

        (await bc.SendAsync(
            "PATCH", $"customers({id})", new JsonObject { ["defaultDimensions"] = new JsonArray() },
            ("If-Match", "*"))).ShouldBeRefused(400, "BadRequest_InvalidOperation");
        (await bc.SendAsync(
            "POST", "customers",
            new JsonObject { ["displayName"] = "A", ["currency"] = new JsonObject() })).ShouldBeRefused(
            400, "BadRequest_InvalidOperation");
        (await bc.SendAsync(
            "POST", "customers",
            new JsonObject { ["displayName"] = "A", ["defaultDimensions"] = new JsonObject() })).ShouldBeRefused(
            400, "BadRequest");
        (await bc.SendAsync(
            "POST", "customers",
            new JsonObject { ["displayName"] = "A", ["defaultDimensions"] = new JsonArray(1) })).ShouldBeRefused(
            400, "RequestDataInvalid");
        bc.Emulator.Table("customers").Count.Should().Be(1);
    }

    [Fact]
    public async Task Value_that_does_not_fit_is_refused()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var (area, north, _) = Area(bc);
        var other = (string)bc.Insert("dimensions", new JsonObject { ["code"] = "OTHER" })["id"]!;
        var path = $"customers({bc.Customer("C1")["id"]})/defaultDimensions";
        async Task<string> RefusedAsync(JsonObject body) => (await bc.SendAsync("POST", path, body)).Message;

        (await RefusedAsync(new JsonObject { ["dimensionId"] = other, ["dimensionValueId"] = north })).Should()
            .Be("The \"dimensionId\" and \"dimensionValueId\" match to different Dimension records.");
        (await RefusedAsync(new JsonObject { ["dimensionValueId"] = Guid.NewGuid().ToString() })).Should()
            .Be("The \"dimensionValueId\" does not match to a Dimension Value.");
        (await RefusedAsync(new JsonObject())).Should().Be("Dimension Code must have a value in Default Dimension.");
        (await RefusedAsync(new JsonObject { ["dimensionCode"] = "AREA" })).Should()
            .Be("Control 'dimensionCode' is read-only.");
        (await RefusedAsync(new JsonObject
        {
            ["dimensionValueId"] = north,
            ["postingValidation"] = "No_x0020_Code",
        })).Should().StartWith("Dimension Value Code must be equal to ''");
        var added = await bc.SendAsync("POST", path, new JsonObject { ["dimensionId"] = area });
        (await bc.SendAsync("POST", path, new JsonObject { ["dimensionId"] = area })).ShouldBeRefused(
            400, "Internal_EntityWithSameKeyExists");
        foreach (var (property, value) in new[]
        {
            ("dimensionId", other), ("parentType", "Vendor"), ("parentId", (string)bc.Customer("C2")["id"]!),
        })
        {
            (await bc.SendAsync(
                "PATCH", $"{path}({added.Id})", new JsonObject { [property] = value },
                ("If-Match", "*"))).Message.Should().Be("You can't rename a Default Dimension.");
        }
    }

    [Fact]
    public async Task At_the_top_of_the_company_the_body_names_the_parent()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var (area, _, _) = Area(bc);
        var customer = bc.Customer("C1")["id"]!.ToString();
        JsonObject Body(string? type, string? parent)
        {
            var body = new JsonObject { ["dimensionId"] = area };
            if (type is not null)
            {
                (body["parentType"], body["parentId"]) = (type, parent);
            }

            return body;
        }

        (await bc.SendAsync("POST", "defaultDimensions", Body(null, null))).Message.Should()
            .Be("You must get to the parent first to get to the default dimensions.");
        (await bc.SendAsync("POST", "defaultDimensions", Body("Vendor", customer))).Message.Should()
            .Be("The \"parenteId\" does not match to any entity.");
        var added = await bc.SendAsync("POST", "defaultDimensions", Body("Customer", customer));
        added.Status.Should().Be(201, added.Text);
        (await bc.GetAsync($"defaultDimensions({added.Id})/customer")).Json["number"]!.ToString().Should().Be("C1");
        (await bc.SendAsync("DELETE", $"customers({customer})", null, ("If-Match", "*"))).Status.Should().Be(204);
        (await bc.GetAsync("defaultDimensions")).Rows.Should().BeEmpty();
    }

    [Fact]
    public async Task Dimension_is_reached_under_its_own_parent_only()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var (area, _, _) = Area(bc);
        var (mine, other) = (bc.Customer("C1")["id"], bc.Customer("C2")["id"]);
        var added = await bc.SendAsync(
            "POST", $"customers({mine})/defaultDimensions", new JsonObject { ["dimensionId"] = area });

        foreach (var method in new[] { "GET", "PATCH", "DELETE" })
        {
            (await bc.SendAsync(
                method, $"customers({other})/defaultDimensions({added.Id})", method == "PATCH" ? new JsonObject() : null,
                ("If-Match", "*"))).ShouldBeRefused(404, "BadRequest_ResourceNotFound");
        }

        (await bc.SendAsync(
            "POST", $"customers({Guid.NewGuid()})/defaultDimensions",
            new JsonObject { ["dimensionId"] = area })).ShouldBeRefused(404, "BadRequest_ResourceNotFound");
    }

    [Fact]
    public async Task Dimensions_lead_to_their_values_and_are_read_only()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var (area, north, _) = Area(bc);

        (await bc.GetAsync($"dimensions({area})/dimensionValues")).Column("code").Should().Equal("NORTH", "SOUTH");
        (await bc.GetAsync($"dimensions({area})/dimensionValues({north})/dimension")).Json["code"]!.ToString().Should()
            .Be("AREA");
        (await bc.SendAsync("POST", "dimensions", new JsonObject { ["code"] = "X" })).ShouldBeRefused(
            405, "BadRequest_MethodNotAllowed");
        (await bc.SendAsync("POST", $"dimensions({area})/dimensionValues", new JsonObject())).ShouldBeRefused(
            405, "BadRequest_MethodNotAllowed");
    }

    private static (string Dimension, string First, string Second) Area(BusinessCentralFixture bc)
    {
        var area = (string)bc.Insert("dimensions", new JsonObject { ["code"] = "AREA", ["displayName"] = "Area" })["id"]!;
        string Value(string code) => (string)bc.Insert(
            "dimensionValues", new JsonObject { ["dimensionId"] = area, ["code"] = code })["id"]!;
        return (area, Value("NORTH"), Value("SOUTH"));
    }
}
