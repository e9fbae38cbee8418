using CsCheck;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Suggestions;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("creditLimit", "creditlimit", SuggestionReason.SameName)]
    [InlineData("Credit Limit", "new_creditlimit", SuggestionReason.SameName)]
    [InlineData("deliveryZone", "cr123_deliveryzone", SuggestionReason.SameName)]
    [InlineData("delivery_zone", "DeliveryZone", SuggestionReason.SameName)]
    [InlineData("number", "thingnumber", SuggestionReason.SameName)]
    [InlineData("displayName", "name", SuggestionReason.Synonym)]
    [InlineData("phoneNumber", "telephone1", SuggestionReason.Synonym)]
    [InlineData("postCode", "address1_postalcode", SuggestionReason.Synonym)]
    [InlineData("Home Page", "websiteurl", SuggestionReason.Synonym)]
    [InlineData("loyaltyPoints", "new_loyaltypointz", SuggestionReason.SimilarName)]
    public void Names_that_mean_the_same_are_suggested_with_the_reason(string local, string integration, SuggestionReason reason) =>
        Suggest([Text(local)], [Text(integration)]).Should().ContainSingle().Which.Reason.Should().Be(reason);

    [Theory]
    [InlineData("city", "address2_city")]
    [InlineData("addressLine1", "address1_line2")]
    [InlineData("country", "address1_county")]
    [InlineData("email", "emailaddress2")]
    [InlineData("phoneNumber", "fax")]
    [InlineData("state", "statecode")]
    [InlineData("type", "typo")]
    public void Names_that_mean_something_else_are_not(string local, string integration) =>
        Suggest([Text(local)], [Text(integration)]).Should().BeEmpty();

    [Fact]
    public void Caption_of_a_field_counts_but_not_its_number()
    {
        var local = Text("field") with { OtherNames = ["Shelf Life", "Field50100"] };

        Suggest([local], [Text("new_shelflife")]).Single().Reason.Should().Be(SuggestionReason.SameCaption);
        Suggest([local], [Text("new_field50100")]).Should().BeEmpty();
    }

    [Fact]
    public void Better_pair_takes_its_fields_from_the_others()
    {
        var found = Suggest([Text("name"), Text("displayName")], [Text("name"), Text("new_name"), Text("fullname")]);

        found.Select(pair => (pair.Local.Name, pair.Integration.Name)).Should().StartWith(("name", "name"));
        found.Should().HaveCount(2);
    }

    public static TheoryData<FieldSchema> NotSuggested =>
    [
        Text("id"),
        Text("name") with { CanRead = false },
        Text("name") with { CanInsert = false, CanUpdate = false },
        new() { Name = "name", Type = FieldType.Boolean },
        new() { Name = "name", Type = FieldType.Reference, ReferencedTables = ["account"] },
        Text("masterid"),
    ];

    [Theory]
    [MemberData(nameof(NotSuggested))]
    public void Keys_and_fields_that_cannot_be_read_written_or_converted_are_left_out(FieldSchema field)
    {
        var same = Text(field.Name);

        Suggest([same], [field]).Should().BeEmpty();
    }

    [Fact]
    public void Table_that_cannot_be_written_gives_its_fields_only()
    {
        var found = FieldMappingSuggestions.Between(
            Table("people", [Text("name")]),
            Table("users", [Text("name") with { CanInsert = false, CanUpdate = false }]) with { IsWritable = false });

        found.Single().Direction.Should().Be(SyncDirection.FromIntegrationTable);
    }

    [Fact]
    public void Computed_field_is_suggested_for_a_mapping_that_only_reads_it()
    {
        var (local, integration) = (Table("people", [Text("name")]), Table("users", [Text("fullname") with { CanInsert = false, CanUpdate = false }]));

        FieldMappingSuggestions.Between(local, integration, direction: SyncDirection.FromIntegrationTable)
            .Single().Direction.Should().Be(SyncDirection.FromIntegrationTable);
        FieldMappingSuggestions.Between(local, integration, direction: SyncDirection.ToIntegrationTable).Should().BeEmpty();
    }

    [Fact]
    public void What_would_be_lost_is_told_for_each_way()
    {
        var found = Suggest(
            [
                Text("name") with { MaxLength = 100 },
                Text("code") with { MaxLength = 10, IsCode = true },
                new() { Name = "price", Type = FieldType.Decimal, Scale = 5, CanBeBlank = false },
                new() { Name = "quantity", Type = FieldType.Integer },
                new() { Name = "due", Type = FieldType.Date },
                Choice("status", "Open", "Closed"),
            ],
            [
                Text("name") with { MaxLength = 50 },
                Text("code") with { MaxLength = 10 },
                new() { Name = "price", Type = FieldType.Decimal, Scale = 2 },
                new() { Name = "quantity", Type = FieldType.Decimal, Scale = 2 },
                new() { Name = "due", Type = FieldType.DateTime },
                Choice("status", "open", "Waiting"),
            ]);

        found.ToDictionary(pair => pair.Local.Name, pair => pair.Losses).Should().BeEquivalentTo(new Dictionary<string, SuggestedLoss[]>
        {
            ["name"] = [new(SyncSide.Integration, SuggestedLossKind.Cut)],
            ["code"] = [new(SyncSide.Local, SuggestedLossKind.UpperCased)],
            ["price"] = [new(SyncSide.Integration, SuggestedLossKind.Rounded), new(SyncSide.Local, SuggestedLossKind.BlankBecomesZero)],
            ["quantity"] = [new(SyncSide.Local, SuggestedLossKind.FractionRefused)],
            ["due"] = [new(SyncSide.Local, SuggestedLossKind.TimeCut)],
            ["status"] = [new(SyncSide.Integration, SuggestedLossKind.OptionMissing), new(SyncSide.Local, SuggestedLossKind.OptionMissing)],
        });
    }

    [Fact]
    public void Choices_without_a_common_option_are_not_suggested() =>
        Suggest([Choice("status", "Open")], [Choice("status", "Red")]).Should().BeEmpty();

    [Fact]
    public void Reference_is_looked_up_through_the_mapping_of_its_table()
    {
        var local = Table("orders", [new() { Name = "currencyId", Type = FieldType.Identifier }]);
        var integration = Table("salesorder", [new() { Name = "transactioncurrencyid", Type = FieldType.Reference, ReferencedTables = ["transactioncurrency"] }]);
        var currency = new IntegrationTableMappingBuilder("CURRENCY").Between("currencies", "transactioncurrency").Build();

        FieldMappingSuggestions.Between(local, integration, [currency]).Single().Lookup!.Via.Should().Equal("CURRENCY");
        FieldMappingSuggestions.Between(local, integration).Should().BeEmpty();
    }

    [Fact]
    public void Suggestions_do_not_depend_on_the_order_of_fields_and_name_no_field_twice()
    {
        string[] names = ["name", "displayName", "new_name", "fullname", "email", "emailaddress1", "new_email", "phone", "telephone1", "city", "address1_city", "state"];
        var fields = Gen.Bool.Array[names.Length].Select(present => names.Where((_, index) => present[index]).Select(Text).ToArray());

        Gen.Select(fields, fields, Gen.Int).Sample(
            (left, right, seed) =>
            {
                var found = Suggest(left, right);
                var shuffled = (FieldSchema[])right.Clone();
                new Random(seed).Shuffle(shuffled);

                Suggest([.. left.Reverse()], shuffled).Select(pair => pair.ToString()).Should().Equal(found.Select(pair => pair.ToString()));
                found.Select(pair => pair.Local.Name).Should().OnlyHaveUniqueItems();
                found.Select(pair => pair.Integration.Name).Should().OnlyHaveUniqueItems();
                found.All(pair => pair.Score is >= 0.5 and <= 1).Should().BeTrue();
                found.Select(pair => pair.Score).Should().BeInDescendingOrder();
            },
            iter: 300);
    }

    [Fact]
    public async Task Engine_suggests_what_a_mapping_lacks_and_the_builder_takes_it()
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            Engine = options => options with
            {
                Mappings = [new IntegrationTableMappingBuilder("CUSTOMER").Between("customers", "account").Field("displayName", "name").OnlyCoupledRecords(false).Build()],
            },
        });

        var found = await crm.Engine.SuggestFieldMappingsAsync("customer");
        var between = await crm.Engine.SuggestFieldMappingsAsync("customers", "account");
        crm.Engine.Mappings.Change("CUSTOMER", mapping => mapping.Suggested(between));
        var (_, account) = await crm.NewPairAsync(("displayName", "Adatum"), ("postalCode", "1000"), ("website", "www.adatum.com"));

        found.Select(pair => pair.Local.Name).Should().BeEquivalentTo("number", "postalCode", "creditLimit", "category", "taxLiable", "website");
        between.Select(pair => pair.Local.Name).Should().BeEquivalentTo([.. found.Select(pair => pair.Local.Name), "displayName"]);
        crm.Accounts.Find(account)!["websiteurl"].AsText().Should().Be("www.adatum.com");
        crm.Accounts.Find(account)!["postalcode"].AsText().Should().Be("1000");
    }

    [Fact]
    public async Task Table_that_does_not_exist_is_named()
    {
        using var crm = new EngineFixture(new FixtureOptions());
        var suggest = async () => await crm.Engine.SuggestFieldMappingsAsync("customer", "nothing");

        (await suggest.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().Equal(
            "The local table 'customer' does not exist.", "The integration table 'nothing' does not exist.");
    }

    private static IReadOnlyList<FieldMappingSuggestion> Suggest(FieldSchema[] local, FieldSchema[] integration) =>
        FieldMappingSuggestions.Between(Table("things", local), Table("new_thing", integration));

    private static TableSchema Table(string name, FieldSchema[] fields) => new()
    {
        Name = name,
        KeyField = "id",
        Fields = fields,
        MergeFields = new() { Survivor = "masterid" },
    };

    private static FieldSchema Text(string name) => new() { Name = name, Type = FieldType.Text };

    private static FieldSchema Choice(string name, params string[] labels) => new()
    {
        Name = name,
        Type = FieldType.Choice,
        Options = [.. labels.Select((label, index) => new ChoiceOption(FieldValue.Integer(index), label))],
    };
}
