using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class InsertTests
{
    [Fact]
    public async Task Post_answers_201_with_the_record_and_its_location()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.SendAsync(
            "POST", "customers", new JsonObject { ["displayName"] = "Adatum", ["city"] = "Oslo" });

        answer.Status.Should().Be(201);
        answer.Headers.Location!.ToString().Should()
            .Be($"{bc.Emulator.BaseAddress}{BusinessCentralFixture.CompanyPath}/customers({answer.Id})");
        answer.Headers.GetValues("OData-Version").Should().Equal("4.0");
        ((string)answer.Json["number"]!).Should().Be("C00010");
        ((string)answer.Json["city"]!).Should().Be("Oslo");
        (await bc.GetAsync($"customers({answer.Id})")).Tag.Should().Be(answer.Tag);
    }

    [Fact]
    public async Task Post_that_prefers_no_content_answers_204_with_a_location()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.SendAsync(
            "POST", "customers", new JsonObject { ["displayName"] = "Adatum" }, ("Prefer", "return=no-content"));

        answer.Status.Should().Be(204);
        answer.Text.Should().BeEmpty();
        (await bc.SendRawAsync("GET", answer.Headers.Location!.ToString(), null)).Status.Should().Be(200);
    }

    [Fact]
    public async Task Code_is_stored_trimmed_and_in_upper_case()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.SendAsync(
            "POST", "currencies", new JsonObject { ["code"] = " xts ", ["displayName"] = " Test " });

        ((string)answer.Json["code"]!).Should().Be("XTS");
        ((string)answer.Json["displayName"]!).Should().Be(" Test ");
    }

    [Fact]
    public async Task Text_longer_than_the_field_is_refused_with_both_lengths_not_cut()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.SendAsync(
            "POST", "currencies", new JsonObject { ["code"] = "EUR", ["displayName"] = new string('x', 31) });

        answer.ShouldBeRefused(400, "Application_StringExceededLength");
        answer.Message.Should().Contain("31").And.Contain("30");
        bc.Emulator.Table("currencies").Count.Should().Be(0);
    }

    [Theory]
    [InlineData("""{"displayName":"A","nonsense":1}""", "BadRequest")]
    [InlineData("""{"displayName":"A","DisplayName":"B"}""", "BadRequest")]
    [InlineData("""{"displayName":5}""", "BadRequest")]
    [InlineData("""{"displayName":"A","creditLimit":"5"}""", "BadRequest")]
    [InlineData("""{"displayName":"A","taxLiable":"true"}""", "BadRequest")]
    [InlineData("""{"displayName":"A","paymentTermsId":"x"}""", "BadRequest")]
    [InlineData("""{"displayName":"A","balanceDue":5}""", "BadRequest_InvalidOperation")]
    [InlineData("""{"displayName":"A","lastModifiedDateTime":"2026-01-01T00:00:00Z"}""", "BadRequest_InvalidOperation")]
    [InlineData("""{"displayName":"A","id":"11111111-2222-3333-4444-000000000000"}""", "BadRequest_InvalidOperation")]
    [InlineData("""{"displayName":"A","contactsInformation":[]}""", "BadRequest_InvalidOperation")]
    [InlineData("""{"displayName":"A","city":null}""", "BadRequest_RequiredParamNotProvided")]
    [InlineData("""{"displayName":"A","blocked":"Payment"}""", "Unknown")]
    [InlineData("""{"displayName":"A","blocked":" "}""", "Unknown")]
    [InlineData("""{"displayName":"A","country":"ZZ"}""", "Internal_InvalidTableRelation")]
    [InlineData("""{"displayName":"A","salespersonCode":"XX"}""", "Internal_InvalidTableRelation")]
    [InlineData("""{"displayName":"A","phoneNumber":"call me"}""", "Application_FieldValidationException")]
    [InlineData("""{"displayName":"A","email":"nobody"}""", "Application_DialogException")]
    [InlineData("""{"displayName":"A","paymentTermsId":"11111111-2222-3333-4444-000000000000"}""", "Application_DialogException")]
    [InlineData("""{"displayName":""}""", "Application_DialogException")]
    [InlineData("{}", "Application_DialogException")]
    [InlineData("""{"displayName":"A""", "RequestDataInvalid")]
    [InlineData("[]", "RequestDataInvalid")]
    public async Task Customer_is_refused_and_nothing_stored(string body, string code)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.SendRawAsync("POST", $"{BusinessCentralFixture.CompanyPath}/customers", body)).ShouldBeRefused(
            400, code);

        bc.Emulator.Table("customers").Count.Should().Be(0);
        bc.Emulator.Table("contacts").Count.Should().Be(0);
    }

    [Fact]
    public async Task Refusals_of_the_customer_page_have_its_texts()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        async Task<string> Refusal(JsonObject body) => (await bc.SendAsync("POST", "customers", body)).Message;

        (await Refusal([])).Should().Be("A \"displayName\" must be provided.");
        (await Refusal(new() { ["displayName"] = "" })).Should().Be("The blank \"displayName\" is not allowed.");
        (await Refusal(new() { ["displayName"] = "A", ["balanceDue"] = 1 })).Should()
            .Be("Control 'balanceDue' is read-only.");
        (await Refusal(new() { ["displayName"] = "A", ["currencyCode"] = "EUR" })).Should()
            .Be("The \"currencyCode\" does not match to a Currency.");
        (await Refusal(new() { ["displayName"] = "A", ["shipmentMethodId"] = Guid.NewGuid() })).Should()
            .Be("The \"shipmentMethodId\" does not match to a Shipment Method.");
    }

    [Fact]
    public async Task Vendor_may_have_a_blank_name()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(
            new() { CreateContactsForBusinessRelations = false });

        (await bc.SendAsync("POST", "vendors", new JsonObject())).Status.Should().Be(201);
    }

    [Fact]
    public async Task Several_addresses_are_allowed_on_customers_but_not_on_salespeople()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.SendAsync(
            "POST", "customers",
            new JsonObject { ["displayName"] = "A", ["email"] = "a@x.example;b's@y.example" })).Status.Should().Be(201);
        (await bc.SendAsync(
            "POST", "salespeoplePurchasers", new JsonObject { ["code"] = "A", ["email"] = "a@x.example;b@y.example" }))
            .ShouldBeRefused(400, "Application_DialogException");
    }

    [Fact]
    public async Task Blocked_salesperson_cannot_be_assigned()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Insert("salespeoplePurchasers", new JsonObject { ["code"] = "BC", ["blocked"] = true });

        (await bc.SendAsync("POST", "customers", new JsonObject { ["displayName"] = "A", ["salespersonCode"] = "BC" }))
            .ShouldBeRefused(400, "Internal_InvalidTableRelation");
    }

    [Theory]
    [InlineData("currencies")]
    [InlineData("salespeoplePurchasers")]
    [InlineData("paymentTerms")]
    [InlineData("shipmentMethods")]
    [InlineData("paymentMethods")]
    public async Task Code_tables_need_a_code(string set)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.SendAsync("POST", set, new JsonObject { ["displayName"] = "x" })).ShouldBeRefused(
            400, "BadRequest_RequiredParamNotProvided");
    }

    [Fact]
    public async Task Series_skips_numbers_that_are_taken()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Customer("C00020");

        var numbers = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            numbers.Add(
                (string)(await bc.SendAsync(
                    "POST", "customers", new JsonObject { ["number"] = "", ["displayName"] = "A" })).Json["number"]!);
        }

        numbers.Should().Equal("C00010", "C00030");
    }

    [Fact]
    public async Task Manual_number_is_refused_when_the_series_forbids_it()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(
            new() { CustomerNumbers = new("K", 3, 1) { AllowsManualNumbers = false } });

        (await bc.SendAsync(
            "POST", "customers",
            new JsonObject
            {
                ["number"] = "X",
                ["displayName"] = "A",
            })).ShouldBeRefused(400, "Application_DialogException");
        ((string)(await bc.SendAsync(
            "POST", "customers", new JsonObject { ["displayName"] = "A" })).Json["number"]!).Should().Be("K001");
    }

    [Fact]
    public async Task Missing_number_series_is_a_setup_error()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { VendorNumbers = null });

        (await bc.SendAsync("POST", "vendors", new JsonObject { ["displayName"] = "A" })).ShouldBeRefused(
            400, "Application_FieldValidationException");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    public async Task Duplicate_number_names_the_table_and_the_key(int status)
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { DuplicateKeyStatus = status });
        _ = bc.Customer("10000");

        var answer = await bc.SendAsync(
            "POST", "customers", new JsonObject { ["number"] = "10000", ["displayName"] = "B" });

        answer.ShouldBeRefused(status, "Internal_EntityWithSameKeyExists");
        answer.Message.Should().Be(
            "The record in table Customer already exists. Identification fields and values: No.='10000'");
    }

    [Fact]
    public async Task Template_fills_what_the_client_did_not_send()
    {
        var templates = new Dictionary<string, JsonObject>
        {
            ["customers"] = new() { ["country"] = "DE", ["creditLimit"] = 500, ["city"] = "Bonn" },
        };
        await using var bc = await BusinessCentralFixture.StartAsync(new() { Templates = templates });

        var json =
            (await bc.SendAsync("POST", "customers", new JsonObject { ["displayName"] = "A", ["city"] = "" })).Json;

        ((string)json["country"]!, (decimal)json["creditLimit"]!, (string)json["city"]!).Should().Be(("DE", 500m, ""));
    }

    [Fact]
    public async Task Post_code_and_city_fill_each_other_and_the_country()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(
            new() { PostCodes = [new("NO-0661", "Oslo", "Viken", "NO")] });

        var json =
            (await bc.SendAsync("POST", "customers", new JsonObject { ["displayName"] = "A", ["city"] = "oslo" })).Json;

        ((string)json["city"]!, (string)json["postalCode"]!, (string)json["state"]!, (string)json["country"]!).Should()
            .Be(("Oslo", "NO-0661", "Viken", "NO"));
    }

    [Fact]
    public async Task Client_id_is_refused_ignored_or_kept_as_switched()
    {
        var id = Guid.NewGuid();
        foreach (var (policy, kept) in new[]
        {
            (BusinessCentralClientIds.Ignore, false),
            (BusinessCentralClientIds.Keep, true),
        })
        {
            await using var bc = await BusinessCentralFixture.StartAsync(new() { ClientIds = policy });

            var answer = await bc.SendAsync("POST", "customers", new JsonObject { ["id"] = id, ["displayName"] = "A" });

            answer.Status.Should().Be(201);
            (answer.Id == id.ToString()).Should().Be(kept);
        }
    }

    [Theory]
    [InlineData(BusinessCentralNullValues.Clear, "")]
    [InlineData(BusinessCentralNullValues.Ignore, "Oslo")]
    public async Task Null_clears_or_is_ignored_as_switched(BusinessCentralNullValues policy, string city)
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { NullValues = policy });
        var customer = bc.Insert("customers", new JsonObject { ["displayName"] = "A", ["city"] = "Oslo" });

        var answer = await bc.SendAsync(
            "PATCH", $"customers({customer["id"]})", new JsonObject { ["city"] = null }, ("If-Match", "*"));

        ((string)answer.Json["city"]!).Should().Be(city);
        (await bc.SendAsync(
            "PATCH", $"customers({customer["id"]})", new JsonObject { ["number"] = null }, ("If-Match", "*")))
            .ShouldBeRefused(400, "BadRequest_RequiredParamNotProvided");
    }

    [Fact]
    public async Task Plain_blank_enum_is_taken_when_switched_on()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { AcceptsPlainBlankEnum = true });

        foreach (var blank in new[] { "", " ", "_x0020_" })
        {
            ((string)(await bc.SendAsync(
                "POST", "customers",
                new JsonObject
                {
                    ["displayName"] = "A",
                    ["blocked"] = blank,
                })).Json["blocked"]!).Should().Be("_x0020_");
        }
    }
}
