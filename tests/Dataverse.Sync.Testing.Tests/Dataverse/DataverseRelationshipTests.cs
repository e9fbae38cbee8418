namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseRelationshipTests : IAsyncLifetime
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

    [Fact]
    public async Task Relationships_are_found_from_both_sides_and_by_their_names()
    {
        const string Name = "contact_customer_accounts";
        var fromContact = await client.GetAsync(
            "EntityDefinitions(LogicalName='contact')/ManyToOneRelationships"
            + "?$filter=ReferencingAttribute eq 'parentcustomerid' and ReferencedEntity eq 'account'");
        var fromAccount = await client.GetAsync($"{Account}/OneToManyRelationships?$filter=SchemaName eq '{Name}'");
        var byName = (await client.GetAsync($"RelationshipDefinitions(SchemaName='{Name}')")).Json;
        var ofAccount = await client.GetAsync(
            $"RelationshipDefinitions/{Cast}OneToManyRelationshipMetadata?$select=SchemaName&$filter=ReferencedEntity eq 'account'");

        var id = fromContact.Rows.Single()["MetadataId"]!.GetValue<Guid>();
        fromAccount.Rows.Single()["MetadataId"]!.GetValue<Guid>().Should().Be(id);
        byName["MetadataId"]!.GetValue<Guid>().Should().Be(id);
        byName["@odata.type"]!.GetValue<string>().Should().Be($"#{Cast}OneToManyRelationshipMetadata");
        byName["CascadeConfiguration"]!["Delete"]!.GetValue<string>().Should().Be("Cascade");
        (await client.GetAsync($"RelationshipDefinitions({id})?$select=SchemaName")).Json["SchemaName"]!.GetValue<string>()
            .Should().Be(Name);
        ofAccount.Rows.Select(row => (string)row["SchemaName"]!).Should().Contain([Name, "account_parent_account"]);
    }

    [Fact]
    public async Task All_relationships_are_listed_once_and_none_is_of_many_to_many()
    {
        var all = await client.GetAsync("RelationshipDefinitions?$select=SchemaName,RelationshipType");

        all.Rows.Select(row => (string)row["SchemaName"]!).Should().OnlyHaveUniqueItems().And.HaveCountGreaterThan(50);
        all.Rows.Should().OnlyContain(row => (string)row["RelationshipType"]! == "OneToManyRelationship");
        (await client.GetAsync(
            $"RelationshipDefinitions?$filter=RelationshipType eq {Cast}RelationshipType'ManyToManyRelationship'")).Rows
            .Should().BeEmpty();
        (await client.GetAsync($"RelationshipDefinitions/{Cast}ManyToManyRelationshipMetadata?$select=IntersectEntityName")).Rows
            .Should().BeEmpty();
        (await client.GetAsync($"{Account}/ManyToManyRelationships?$select=SchemaName")).Rows.Should().BeEmpty();
        (await client.GetAsync($"{Account}?$select=LogicalName&$expand=ManyToManyRelationships($select=SchemaName)"))
            .Json["ManyToManyRelationships"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task An_owner_is_related_to_the_table_of_owners()
    {
        var owner = (await client.GetAsync(
            $"{Account}/ManyToOneRelationships?$filter=ReferencingAttribute eq 'ownerid'")).Rows.Should().ContainSingle().Subject;
        var users = await client.GetAsync("EntityDefinitions(LogicalName='systemuser')/OneToManyRelationships?$select=ReferencingAttribute");

        owner["ReferencedEntity"]!.GetValue<string>().Should().Be("owner");
        owner["ReferencedAttribute"]!.GetValue<string>().Should().Be("ownerid");
        owner["ReferencingEntityNavigationPropertyName"]!.GetValue<string>().Should().Be("ownerid");
        owner["SchemaName"]!.GetValue<string>().Should().Be("owner_accounts");
        users.Rows.Should().NotContain(row => (string)row["ReferencingAttribute"]! == "ownerid");
    }

    [Fact]
    public async Task Global_choices_are_listed_and_found_by_name_and_by_id()
    {
        var all = await client.GetAsync("GlobalOptionSetDefinitions?$select=Name");
        var whole = (await client.GetAsync("GlobalOptionSetDefinitions(Name='new_colors')")).Json;
        var id = all.Rows.Should().ContainSingle().Which["MetadataId"]!.GetValue<Guid>();
        var options = (await client.GetAsync($"GlobalOptionSetDefinitions({id})/{Cast}OptionSetMetadata?$select=Options")).Json;

        whole["@odata.type"]!.GetValue<string>().Should().Be($"#{Cast}OptionSetMetadata");
        whole["IsGlobal"]!.GetValue<bool>().Should().BeTrue();
        options["Options"]!.AsArray().Select(option => (int)option!["Value"]!).Should().Equal(1, 2);
        whole["Options"]!.ToJsonString().Should().Be(options["Options"]!.ToJsonString());
    }

    [Fact]
    public async Task A_column_shows_its_global_choice_and_a_local_one_does_not()
    {
        const string Choices = "PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet,GlobalOptionSet";
        var car = (await client.GetAsync(
            $"EntityDefinitions(LogicalName='new_car')/Attributes(LogicalName='new_color')/{Cast}{Choices}")).Json;
        var account = (await client.GetAsync($"{Account}/Attributes(LogicalName='customertypecode')/{Cast}{Choices}")).Json;

        car["GlobalOptionSet"]!["Name"]!.GetValue<string>().Should().Be("new_colors");
        car["OptionSet"]!["Options"]!.AsArray().Should().HaveCount(2);
        account["GlobalOptionSet"].Should().BeNull();
        account["OptionSet"]!["IsGlobal"]!.GetValue<bool>().Should().BeFalse();
        (await client.GetAsync(
            $"{Account}/Attributes(LogicalName='customertypecode')/{Cast}PicklistAttributeMetadata/GlobalOptionSet")).Status
            .Should().Be(204);
    }

    [Fact]
    public async Task A_yes_or_no_has_two_options()
    {
        var options = (await client.GetAsync(
            $"{Account}/Attributes(LogicalName='donotemail')/{Cast}BooleanAttributeMetadata?$select=LogicalName&$expand=OptionSet"))
            .Json["OptionSet"]!;

        options["TrueOption"]!["Label"]!["UserLocalizedLabel"]!["Label"]!.GetValue<string>().Should().Be("Yes");
        options["FalseOption"]!["Value"]!.GetValue<int>().Should().Be(0);
    }

    [Fact]
    public void Columns_of_one_global_choice_have_the_same_members()
    {
        var add = () => client.Accounts.AddColumn(
            DataverseColumn.Choice("new_color", "Blue") with { GlobalChoice = "new_colors" });

        add.Should().Throw<ArgumentException>().WithMessage("*new_colors*");
    }

    [Fact]
    public async Task An_option_of_a_global_choice_is_not_inserted_into_a_column() =>
        (await client.PostAsync(
            "InsertOptionValue",
            """{"EntityLogicalName":"new_car","AttributeLogicalName":"new_color","Label":{"LocalizedLabels":[{"Label":"Blue","LanguageCode":1033}]}}"""))
        .ShouldFail(400, "0x80040203");
}
