using System.Xml.Linq;

namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseMetadataTests : IAsyncLifetime
{
    private DataverseClient client = null!;

    public async Task InitializeAsync() => client = await DataverseClient.StartAsync();

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Fact]
    public async Task The_service_document_lists_the_entity_sets()
    {
        var answer = await client.GetAsync("");

        answer.Rows.Select(set => (string)set["name"]!).Should()
            .Contain(["accounts", "contacts", "systemusers", "transactioncurrencies"]);
        answer.Rows[0].AsObject().Select(member => member.Key).Should().Equal("name", "kind", "url");
    }

    [Fact]
    public async Task The_csdl_document_is_valid_xml_with_the_types()
    {
        var answer = await client.GetAsync("$metadata");

        answer.Header("Content-Type").Should().StartWith("application/xml");
        var names = XDocument.Parse(answer.Text).Descendants().Where(node => node.Name.LocalName == "EntityType")
            .Select(node => (string)node.Attribute("Name")!);
        names.Should().Contain(["account", "contact", "principal", "systemuser"]);
    }

    [Fact]
    public async Task A_table_is_described_with_the_selected_properties_only()
    {
        const string Select =
            "LogicalName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,ChangeTrackingEnabled,IsOptimisticConcurrencyEnabled,OwnershipType,ObjectTypeCode,TableType";

        var json = (await client.GetAsync($"EntityDefinitions(LogicalName='account')?$select={Select}")).Json;
        _ = json.Remove("MetadataId");
        _ = json.Remove("@odata.context");

        json.ToJsonString().Should().Be(
            """{"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid","PrimaryNameAttribute":"name","OwnershipType":"UserOwned","TableType":"Standard","ChangeTrackingEnabled":true,"IsOptimisticConcurrencyEnabled":true,"ObjectTypeCode":1}""");
    }

    [Fact]
    public async Task A_change_of_a_switch_shows_in_the_description()
    {
        client.Accounts.ChangeTracking = false;

        (await client.GetAsync(
            "EntityDefinitions(LogicalName='account')?$select=ChangeTrackingEnabled")).Json["ChangeTrackingEnabled"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public async Task Tables_can_be_listed_and_filtered()
    {
        (await client.GetAsync("EntityDefinitions?$select=LogicalName,EntitySetName")).Rows.Should()
            .HaveCountGreaterThan(6);
        (await client.GetAsync(
            "EntityDefinitions?$select=EntitySetName&$filter=LogicalName eq 'contact'")).Rows.Should()
            .ContainSingle().Which["EntitySetName"]!.GetValue<string>().Should().Be("contacts");
        (await client.GetAsync("EntityDefinitions?$filter=startswith(LogicalName,'a')")).Status.Should().Be(501);
        (await client.GetAsync("EntityDefinitions(LogicalName='nothing')")).Status.Should().Be(404);
    }

    [Fact]
    public async Task Columns_tell_their_type_and_when_they_can_be_written()
    {
        var columns = (await client.GetAsync(
            "EntityDefinitions(LogicalName='contact')/Attributes?$select=LogicalName,AttributeType,IsValidForCreate,IsValidForUpdate,IsValidForRead,RequiredLevel")).Rows;
        System.Text.Json.Nodes.JsonNode Column(string name) =>
            columns.Single(column => (string)column["LogicalName"]! == name);

        Column("fullname")["IsValidForUpdate"]!.GetValue<bool>().Should().BeFalse();
        Column("statecode")["IsValidForCreate"]!.GetValue<bool>().Should().BeFalse();
        Column("parentcustomerid")["AttributeType"]!.GetValue<string>().Should().Be("Customer");
        Column("ownerid")["AttributeType"]!.GetValue<string>().Should().Be("Owner");
        Column("owneridtype")["AttributeType"]!.GetValue<string>().Should().Be("EntityName");
        Column("birthdate")["AttributeType"]!.GetValue<string>().Should().Be("DateTime");
        Column("lastname")["RequiredLevel"]!["Value"]!.GetValue<string>().Should().Be("ApplicationRequired");
        Column("lastname")["@odata.type"]!.GetValue<string>().Should()
            .Be("#Microsoft.Dynamics.CRM.StringAttributeMetadata");
    }

    [Fact]
    public async Task A_cast_gives_the_details_of_one_kind_of_column()
    {
        var texts = await client.GetAsync(
            "EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.StringAttributeMetadata?$select=LogicalName,MaxLength");
        var choices = await client.GetAsync(
            "EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet");
        var status = await client.GetAsync(
            "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='statuscode')/Microsoft.Dynamics.CRM.StatusAttributeMetadata?$select=LogicalName&$expand=OptionSet");
        var states = await client.GetAsync(
            "EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.StateAttributeMetadata?$expand=OptionSet");

        texts.Rows.Single(column => (string)column["LogicalName"]! == "name")["MaxLength"]!.GetValue<int>().Should()
            .Be(160);
        var type = choices.Rows.Single(
            column => (string)column["LogicalName"]! == "customertypecode")["OptionSet"]!["Options"]!.AsArray();
        type.Should().HaveCount(12);
        type[2]!["Label"]!["UserLocalizedLabel"]!["Label"]!.GetValue<string>().Should().Be("Customer");
        status.Json["OptionSet"]!["Options"]!.AsArray().Select(option => (int)option!["State"]!).Should().Equal(0, 1);
        states.Rows.Should().ContainSingle();
    }

    [Fact]
    public async Task Relationships_give_the_names_for_binding()
    {
        var relationships = (await client.GetAsync(
            "EntityDefinitions(LogicalName='contact')/ManyToOneRelationships?$select=ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName")).Rows;

        relationships.Where(row => (string)row["ReferencingAttribute"]! == "parentcustomerid")
            .Select(row => ((string)row["ReferencedEntity"]!, (string)row["ReferencingEntityNavigationPropertyName"]!))
            .Should().BeEquivalentTo(
                [("account", "parentcustomerid_account"), ("contact", "parentcustomerid_contact")]);
    }

    [Fact]
    public async Task Keys_are_listed_with_their_columns_and_status()
    {
        client.Emulator.AddTable(DataverseCustomTableTests.Project);

        var keys = await client.GetAsync(
            "EntityDefinitions(LogicalName='new_project')/Keys?$select=LogicalName,KeyAttributes,EntityKeyIndexStatus");

        keys.Rows[0].ToJsonString().Should()
            .Contain("\"KeyAttributes\":[\"new_number\"]").And.Contain("\"EntityKeyIndexStatus\":\"Active\"");
        (await client.GetAsync("EntityDefinitions(LogicalName='account')/Keys")).Rows.Should().BeEmpty();
    }

    [Fact]
    public async Task The_count_of_a_table_can_be_asked()
    {
        client.Accounts.Insert(("name", "A"));

        var answer = await client.GetAsync("RetrieveTotalRecordCount(EntityNames=['account'])");

        answer.Json["EntityRecordCountCollection"]!["Values"]!.AsArray().Single()!.GetValue<int>().Should().Be(1);
    }
}
