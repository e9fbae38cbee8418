using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class ContactTests
{
    private static readonly (string, string) Any = ("If-Match", "*");

    [Fact]
    public async Task Company_contact_is_its_own_company()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var json = (await bc.SendAsync("POST", "contacts", new JsonObject { ["displayName"] = "Adatum" })).Json;

        ((string)json["type"]!, (string)json["companyNumber"]!, (string)json["companyName"]!, (string)json["searchName"]!, (string)json["contactBusinessRelation"]!)
            .Should().Be(("Company", (string)json["number"]!, "Adatum", "ADATUM", "None"));
        (await bc.SendAsync(
            "PATCH", $"contacts({json["id"]})", new JsonObject { ["companyNumber"] = "" },
            Any)).ShouldBeRefused(400, "Application_DialogException");
    }

    [Fact]
    public async Task Person_takes_its_company_by_number_and_shows_the_companys_name()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var company = bc.Insert("contacts", new JsonObject { ["displayName"] = "Adatum" });

        var json = (await bc.SendAsync("POST", "contacts", Person("Ann", (string)company["number"]!))).Json;

        ((string)json["companyNumber"]!, (string)json["companyName"]!).Should()
            .Be(((string)company["number"]!, "Adatum"));
        (await bc.SendAsync("POST", "contacts", Person("Bo", "CT999"))).ShouldBeRefused(
            400, "Internal_InvalidTableRelation");
        (await bc.SendAsync("POST", "contacts", Person("Bo", (string)json["number"]!))).ShouldBeRefused(
            400, "Internal_InvalidTableRelation");
        ((string)(await bc.SendAsync("POST", "contacts", Person("Bo", ""))).Json["companyNumber"]!).Should().BeEmpty();
    }

    [Fact]
    public async Task Type_must_come_before_company_number_because_properties_apply_in_body_order()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var company = (string)bc.Insert("contacts", new JsonObject { ["displayName"] = "Adatum" })["number"]!;

        var wrong = await bc.SendAsync(
            "POST", "contacts",
            new JsonObject { ["companyNumber"] = company, ["type"] = "Person", ["displayName"] = "Ann" });
        var right = await bc.SendAsync(
            "POST", "contacts",
            new JsonObject { ["type"] = "Person", ["companyNumber"] = company, ["displayName"] = "Ann" });

        wrong.ShouldBeRefused(400, "Application_DialogException");
        right.Status.Should().Be(201);
    }

    [Fact]
    public async Task Company_name_finds_the_company_or_would_open_a_list()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var company = bc.Insert("contacts", new JsonObject { ["displayName"] = "Adatum" });

        var found = await bc.SendAsync(
            "POST", "contacts",
            new JsonObject { ["type"] = "Person", ["displayName"] = "Ann", ["companyName"] = "ADATUM" });

        ((string)found.Json["companyNumber"]!, (string)found.Json["companyName"]!).Should()
            .Be(((string)company["number"]!, "Adatum"));
        (await bc.SendAsync(
            "PATCH", $"contacts({found.Id})", new JsonObject { ["companyName"] = "Nobody" },
            Any)).ShouldBeRefused(400, "Application_CallbackNotAllowed");
    }

    [Fact]
    public async Task Change_of_type_resets_job_title_and_company()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var company = bc.Insert("contacts", new JsonObject { ["displayName"] = "Adatum" });
        var person = bc.Insert("contacts", Person("Ann", (string)company["number"]!, jobTitle: "Buyer"));

        var json =
            (await bc.SendAsync(
                "PATCH", $"contacts({person["id"]})", new JsonObject { ["type"] = "Company" }, Any)).Json;

        ((string)json["jobTitle"]!, (string)json["companyNumber"]!, (string)json["companyName"]!).Should()
            .Be(("", (string)person["number"]!, "Ann"));
    }

    [Fact]
    public async Task Name_and_number_of_a_company_reach_its_persons()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var company = bc.Insert("contacts", new JsonObject { ["displayName"] = "Adatum" });
        var person = bc.Insert("contacts", Person("Ann", (string)company["number"]!));
        bc.Time.Advance(TimeSpan.FromSeconds(1));

        _ = await bc.SendAsync(
            "PATCH", $"contacts({company["id"]})", new JsonObject { ["displayName"] = "Fabrikam", ["number"] = "X1" },
            Any);

        var json = (await bc.GetAsync($"contacts({person["id"]})")).Json;
        ((string)json["companyName"]!, (string)json["companyNumber"]!, (string)json["lastModifiedDateTime"]!).Should()
            .Be(("Fabrikam", "X1", "2026-08-17T10:00:01Z"));
    }

    [Theory]
    [InlineData("customers", "Customer")]
    [InlineData("vendors", "Vendor")]
    public async Task New_customer_or_vendor_gets_a_company_contact_linked_to_it(string set, string word)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.SendAsync(
            "POST", set,
            new JsonObject { ["displayName"] = "Adatum", ["city"] = "Oslo", ["email"] = "a@adatum.example" });

        var contact = bc.Emulator.Table("contacts").Rows.Single();
        ((string)contact["displayName"]!, (string)contact["city"]!, (string)contact["email"]!, (string)contact["type"]!, (string)contact["contactBusinessRelation"]!)
            .Should().Be(("Adatum", "Oslo", "a@adatum.example", "Company", word));
        var link = (await bc.GetAsync($"{set}({answer.Id})/contactsInformation")).Rows.Single();
        ((string)link["contactId"]!, (string)link["contactNumber"]!, (string)link["relatedId"]!, (string)link["relatedType"]!)
            .Should().Be(((string)contact["id"]!, (string)contact["number"]!, answer.Id, word));
        bc.Emulator.Requests.RowWriteCount.Should().Be(1);
    }

    [Fact]
    public async Task Without_marketing_setup_no_contact_is_made()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(
            new() { CreateContactsForBusinessRelations = false });

        var answer = await bc.SendAsync("POST", "customers", new JsonObject { ["displayName"] = "Adatum" });

        bc.Emulator.Table("contacts").Count.Should().Be(0);
        (await bc.GetAsync($"customers({answer.Id})/contactsInformation")).Rows.Should().BeEmpty();
    }

    [Fact]
    public async Task Shared_fields_flow_from_customer_to_contact_and_back()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var customer = bc.Customer("C1");
        var contactId = (string)bc.Emulator.Table("contacts").Rows.Single()["id"]!;
        bc.Time.Advance(TimeSpan.FromSeconds(1));

        _ = await bc.SendAsync(
            "PATCH", $"customers({customer["id"]})", new JsonObject { ["displayName"] = "Fabrikam" }, Any);
        var contact = (await bc.GetAsync($"contacts({contactId})")).Json;
        bc.Time.Advance(TimeSpan.FromSeconds(1));
        _ = await bc.SendAsync("PATCH", $"contacts({contactId})", new JsonObject { ["city"] = "Oslo" }, Any);
        var changed = (await bc.GetAsync($"customers({customer["id"]})")).Json;

        ((string)contact["displayName"]!, (string)contact["companyName"]!, (string)contact["searchName"]!, (string)contact["lastModifiedDateTime"]!)
            .Should().Be(("Fabrikam", "Fabrikam", "FABRIKAM", "2026-08-17T10:00:01Z"));
        ((string)changed["city"]!, (string)changed["lastModifiedDateTime"]!).Should()
            .Be(("Oslo", "2026-08-17T10:00:02Z"));
    }

    [Fact]
    public async Task Change_of_a_field_that_is_not_shared_leaves_the_contact_alone()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var customer = bc.Customer("C1");
        var contact = bc.Emulator.Table("contacts").Rows.Single().ToJsonString();
        bc.Time.Advance(TimeSpan.FromSeconds(1));

        _ = await bc.SendAsync("PATCH", $"customers({customer["id"]})", new JsonObject { ["creditLimit"] = 5 }, Any);

        bc.Emulator.Table("contacts").Rows.Single().ToJsonString().Should().Be(contact);
    }

    [Fact]
    public async Task Persons_of_the_company_contact_belong_to_the_customer_too()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var customer = bc.Customer("C1");
        var number = (string)bc.Emulator.Table("contacts").Rows.Single()["number"]!;

        var person = await bc.SendAsync("POST", "contacts", Person("Ann", number));

        ((string)person.Json["contactBusinessRelation"]!).Should().Be("Customer");
        (await bc.GetAsync($"customers({customer["id"]})/contactsInformation")).Column("contactName").Should()
            .Equal("Adatum", "Ann");
    }

    private static JsonObject Person(string name, string company, string jobTitle = "") =>
        new() { ["type"] = "Person", ["displayName"] = name, ["companyNumber"] = company, ["jobTitle"] = jobTitle };
}
