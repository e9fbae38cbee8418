using System.Xml.Linq;

namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseDefinitionTests : IAsyncLifetime
{
    private const string Account = "EntityDefinitions(LogicalName='account')";
    private const string Cast = "Microsoft.Dynamics.CRM.";

    private DataverseClient client = null!;

    public async Task InitializeAsync()
    {
        client = await DataverseClient.StartAsync();
        client.Emulator.AddTable(new DataverseTableDefinition
        {
            LogicalName = "new_car",
            SetName = "new_cars",
            PrimaryName = "new_name",
            ChangeTracking = false,
            Columns =
            [
                DataverseColumn.Text("new_name", 100),
                DataverseColumn.Choice("new_color", "Red", "Green") with { GlobalChoice = "new_colors" },
                DataverseColumn.Choice("new_roof", "Red", "Green") with { GlobalChoice = "new_colors" },
                DataverseColumn.Lookup("new_accountid", "account", "new_AccountId"),
            ],
        });
    }

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Theory]
    [InlineData("IsPrivate eq false", true, true)]
    [InlineData("IsPrivate eq true", false, false)]
    [InlineData("IsCustomEntity eq true", false, true)]
    [InlineData("not (IsCustomEntity eq true)", true, false)]
    [InlineData("IsCustomizable/Value eq true", true, true)]
    [InlineData("IsCustomizable/Value eq false", false, false)]
    [InlineData("IsPrivate eq false and IsManaged eq true and IsCustomizable/Value eq true", true, false)]
    [InlineData("LogicalName eq 'account' or LogicalName eq 'new_car'", true, true)]
    [InlineData("(LogicalName ne 'account') and (SchemaName ne 'x')", false, true)]
    [InlineData("ObjectTypeCode eq 1", true, false)]
    [InlineData("ObjectTypeCode ge 10000", false, true)]
    [InlineData("EntitySetName eq @p1&@p1='accounts'", true, false)]
    [InlineData("OwnershipType eq Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned'", true, true)]
    [InlineData("OwnershipType ne Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned'", false, false)]
    [InlineData("ChangeTrackingEnabled eq true", true, false)]
    [InlineData("DataProviderId eq null", true, true)]
    [InlineData("ExternalName ne null", false, false)]
    public async Task Tables_are_filtered_by_each_kind_of_property(string filter, bool hasAccount, bool hasCar)
    {
        var answer = await client.GetAsync($"EntityDefinitions?$select=LogicalName,EntitySetName&$filter={filter}");

        answer.Status.Should().Be(200, answer.Text);
        var names = answer.Rows.Select(row => (string)row["LogicalName"]!).ToList();
        (names.Contains("account"), names.Contains("new_car")).Should().Be((hasAccount, hasCar));
        names.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_table_is_found_by_its_id()
    {
        var id = (await client.GetAsync($"{Account}?$select=MetadataId")).Json["MetadataId"]!.GetValue<Guid>();

        (await client.GetAsync($"EntityDefinitions({id})?$select=LogicalName")).Json["LogicalName"]!.GetValue<string>()
            .Should().Be("account");
        (await client.GetAsync($"EntityDefinitions?$select=LogicalName&$filter=MetadataId eq {id}")).Rows.Should().ContainSingle();
    }

    [Theory]
    [InlineData("EntityDefinitions?$filter=startswith(LogicalName,'a')", 501, "0x8006088a")]
    [InlineData("EntityDefinitions?$filter=contains(LogicalName,'a')", 501, "0x8006088a")]
    [InlineData("EntityDefinitions?$filter=endswith(LogicalName,'a') and IsPrivate eq false", 501, "0x8006088a")]
    [InlineData("EntityDefinitions?$filter=tolower(LogicalName) eq 'a'", 501, "0x8006088a")]
    [InlineData("EntityDefinitions?$filter=LogicalName in ('a')", 501, "0x8006088a")]
    [InlineData("EntityDefinitions?$filter=DisplayName eq null", 501, "0x8006088a")]
    [InlineData("EntityDefinitions?$filter=DisplayName eq 'Account'", 400, "0x80060888")]
    [InlineData("EntityDefinitions?$filter=OwnershipType eq 'UserOwned'", 400, "0x80060888")]
    [InlineData("EntityDefinitions?$filter=OwnershipType eq Microsoft.Dynamics.CRM.OwnershipTypes'Nobody'", 400, "0x80060888")]
    [InlineData("EntityDefinitions?$filter=IsCustomizable eq true", 400, "0x80060888")]
    [InlineData("EntityDefinitions?$filter=Nothing eq true", 400, "0x80060888")]
    [InlineData("EntityDefinitions?$select=Nothing", 400, "0x80060888")]
    [InlineData("EntityDefinitions?$expand=Nothing", 400, "0x80060888")]
    [InlineData("EntityDefinitions?$top=1", 400, "0x80060888")]
    [InlineData("EntityDefinitions?$orderby=LogicalName", 400, "0x80060888")]
    [InlineData("EntityDefinitions?$count=true", 400, "0x80060888")]
    [InlineData("EntityDefinitions?$skip=1", 400, "0x80060888")]
    [InlineData("EntityDefinitions?$skiptoken=1", 400, "0x80060888")]
    [InlineData("EntityDefinitions?LabelLanguages=1033", 501, "0x80060888")]
    [InlineData("EntityDefinitions?$expand=Attributes($orderby=LogicalName)", 400, "0x80060888")]
    [InlineData("EntityDefinitions?$expand=Attributes($top=1)", 400, "0x80060888")]
    [InlineData("EntityDefinitions?$expand=Attributes/$ref", 400, "0x80060888")]
    [InlineData("EntityDefinitions?$expand=Attributes($filter=contains(LogicalName,'x'))", 501, "0x8006088a")]
    [InlineData("EntityDefinitions(LogicalName='account')?$filter=LogicalName eq 'x'", 400, "0x80060888")]
    [InlineData("EntityDefinitions(LogicalName='nothing')", 404, "0x80040217")]
    [InlineData("EntityDefinitions(LogicalName='nothing')/Attributes", 404, "0x80040217")]
    [InlineData("EntityDefinitions(00000000-0000-0000-0000-000000000001)", 404, "0x80040217")]
    [InlineData("EntityDefinitions(account)", 400, "0x80060888")]
    [InlineData("EntityDefinitions(EntitySetName='accounts')", 400, "0x80060888")]
    [InlineData("EntityDefinitions(LogicalName='account')/Nothing", 404, "0x8006088a")]
    [InlineData("EntityDefinitions(LogicalName='account')/Attributes(LogicalName='nothing')", 404, "0x80040217")]
    [InlineData("EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.Nothing", 400, "0x80060888")]
    [InlineData("EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.EntityMetadata", 400, "0x80060888")]
    [InlineData("EntityDefinitions(LogicalName='account')/Attributes?$select=MaxLength", 400, "0x80060888")]
    [InlineData("EntityDefinitionsAndMore", 404, "0x8006088a")]
    [InlineData("EntityDefinitions/$ref", 400, "0x80060888")]
    [InlineData("RelationshipDefinitions?$filter=ReferencedEntity eq 'account'", 400, "0x80060888")]
    [InlineData("RelationshipDefinitions?$select=ReferencedEntity", 400, "0x80060888")]
    [InlineData("RelationshipDefinitions(SchemaName='nothing')", 404, "0x80040217")]
    [InlineData("RelationshipDefinitions/Microsoft.Dynamics.CRM.StringAttributeMetadata", 400, "0x80060888")]
    [InlineData("GlobalOptionSetDefinitions?$filter=Name eq 'new_colors'", 400, "0x80060888")]
    [InlineData("GlobalOptionSetDefinitions(Name='nothing')", 404, "0x80040217")]
    [InlineData("GlobalOptionSetDefinitions(Name='new_colors')?$select=Options", 400, "0x80060888")]
    [InlineData("$metadata?$format=json", 400, "0x80060888")]
    public async Task Definitions_that_cannot_be_told_are_refused(string url, int status, string code) =>
        (await client.GetAsync(url)).ShouldFail(status, code);

    [Fact]
    public async Task The_refusal_of_a_text_function_is_in_the_words_of_the_service() =>
        (await client.GetAsync("EntityDefinitions?$filter=startswith(LogicalName,'a')")).Message.Should()
            .Be("The \"startswith\" function isn't supported for Metadata Entities.");

    [Theory]
    [InlineData("EntityDefinitions?$select=LogicalName", "EntityDefinitions(LogicalName)")]
    [InlineData(Account, "EntityDefinitions/$entity")]
    [InlineData(Account + "?$select=LogicalName", "EntityDefinitions(LogicalName)/$entity")]
    [InlineData(Account + "/Attributes?$select=LogicalName", "EntityDefinitions('account')/Attributes(LogicalName)")]
    [InlineData(
        Account + "/Attributes(LogicalName='name')?$select=LogicalName",
        "EntityDefinitions('account')/Attributes(LogicalName)/$entity")]
    [InlineData(
        Account + "/Attributes/" + Cast + "StringAttributeMetadata?$select=MaxLength",
        "EntityDefinitions('account')/Attributes/" + Cast + "StringAttributeMetadata(MaxLength)")]
    [InlineData(
        Account + "/Attributes(LogicalName='statuscode')/" + Cast + "StatusAttributeMetadata?$select=LogicalName",
        "EntityDefinitions('account')/Attributes/" + Cast + "StatusAttributeMetadata(LogicalName)/$entity")]
    [InlineData(
        Account + "/Attributes(LogicalName='statuscode')/" + Cast + "StatusAttributeMetadata/OptionSet?$select=Options",
        "EntityDefinitions('account')/Attributes('statuscode')/" + Cast + "StatusAttributeMetadata/OptionSet(Options)/$entity")]
    [InlineData(Account + "/Attributes(LogicalName='name')/MetadataId", "EntityDefinitions('account')/Attributes('name')/MetadataId")]
    [InlineData(Account + "/LogicalName", "EntityDefinitions('account')/LogicalName")]
    [InlineData("RelationshipDefinitions?$select=SchemaName", "RelationshipDefinitions(SchemaName)")]
    [InlineData(
        "RelationshipDefinitions(SchemaName='contact_customer_accounts')/" + Cast + "OneToManyRelationshipMetadata?$select=SchemaName",
        "RelationshipDefinitions/" + Cast + "OneToManyRelationshipMetadata(SchemaName)/$entity")]
    public async Task The_context_names_every_step_once(string url, string context)
    {
        var answer = await client.GetAsync(url);

        answer.Status.Should().Be(200, answer.Text);
        answer.Json["@odata.context"]!.GetValue<string>().Should().Be($"{client.Root}$metadata#{context}");
    }

    [Fact]
    public async Task A_documented_selection_is_answered_with_these_properties_only() =>
        (await client.GetAsync($"{Account}?$select=DisplayName,IsKnowledgeManagementEnabled,EntitySetName")).Json
            .Select(member => member.Key).Should().BeEquivalentTo(
                "@odata.context", "DisplayName", "IsKnowledgeManagementEnabled", "EntitySetName", "MetadataId");

    [Fact]
    public async Task A_property_of_a_definition_is_read_by_its_own_address()
    {
        (await client.GetAsync($"{Account}/EntitySetName")).Json["value"]!.GetValue<string>().Should().Be("accounts");
        (await client.GetAsync($"{Account}/IsCustomizable/Value")).Json["value"]!.GetValue<bool>().Should().BeTrue();
        (await client.GetAsync($"{Account}/IsCustomizable")).Json["CanBeChanged"]!.GetValue<bool>().Should().BeTrue();
        (await client.GetAsync($"{Account}/DataProviderId")).Status.Should().Be(204);
    }

    [Fact]
    public async Task Columns_are_filtered_by_their_type_and_by_what_they_require()
    {
        var picklists = await client.GetAsync(
            $"{Account}?$select=LogicalName&$expand=Attributes($select=LogicalName;"
            + $"$filter=AttributeType eq {Cast}AttributeTypeCode'Picklist')");
        var required = await client.GetAsync(
            $"{Account}/Attributes?$select=LogicalName&$filter=RequiredLevel/Value eq {Cast}AttributeRequiredLevel'ApplicationRequired'");
        var custom = await client.GetAsync(
            "EntityDefinitions(LogicalName='new_car')/Attributes?$select=LogicalName&$filter=IsCustomAttribute eq true");

        picklists.Json["Attributes"]!.AsArray().Select(row => (string)row!["LogicalName"]!).Should()
            .Contain("customertypecode").And.NotContain("name").And.NotContain("statecode");
        required.Rows.Select(row => (string)row["LogicalName"]!).Should().Equal("name");
        custom.Rows.Select(row => (string)row["LogicalName"]!).Should()
            .BeEquivalentTo("new_name", "new_color", "new_roof", "new_accountid");
    }

    [Theory]
    [InlineData("$metadata?annotations=true", true)]
    [InlineData("$metadata", false)]
    public async Task The_csdl_document_tells_which_tables_are_tracked_if_annotations_are_asked_for(string url, bool isAnnotated)
    {
        var document = XDocument.Parse((await client.GetAsync(url)).Text);

        bool IsTracked(string set) => document.Descendants()
            .Single(node => node.Name.LocalName == "EntitySet" && (string?)node.Attribute("Name") == set).Descendants()
            .Any(node => (string?)node.Attribute("Term") == "Org.OData.Capabilities.V1.ChangeTracking"
                && node.Descendants().Any(value => (string?)value.Attribute("Property") == "Supported"
                    && (string?)value.Attribute("Bool") == "true"));
        IsTracked("accounts").Should().Be(isAnnotated);
        IsTracked("new_cars").Should().BeFalse();
    }

    [Fact]
    public async Task Definitions_are_not_written()
    {
        (await client.PostAsync("EntityDefinitions", "{}")).ShouldFail(405, "0x80060888");
        (await client.DeleteAsync(Account)).ShouldFail(405, "0x80060888");
    }
}
