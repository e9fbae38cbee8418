namespace Dataverse.Sync.IntegrationTests.Suggestions;

/// <summary>The standard mappings, found again by the names and the types that both services describe.</summary>
/// <remarks>docs/concepts/typed-mappings.md shows the figures.</remarks>
public sealed class StandardSuggestionTests
{
    // Two lookups by a code or a link table, three options in record tables, and a choice of Business Central that no name tells.
    private static readonly string[] Missed =
    [
        "SALESPEOPLE phoneNo>mobilephone",
        "CUSTOMER salespersonCode>ownerid",
        "CUSTOMER paymentTermsId>paymenttermscode",
        "CUSTOMER shipmentMethodId>address1_freighttermscode",
        "VENDOR paymentTermsId>paymenttermscode",
        "CONTACT companyNumber>parentcustomerid",
    ];

    // The second is right, although Business Central does not map it.
    private static readonly string[] Additional =
    [
        "SALESPEOPLE phoneNo>address1_telephone1",
        "CONTACT jobTitle>jobtitle",
    ];

    [Fact]
    public async Task Standard_field_mappings_come_out_by_themselves()
    {
        var mappings = StandardMappings.Create();
        await using var bench = await TestBench.StartAsync(DataSet.Largest);
        var (found, wanted) = (new List<string>(), new List<string>());
        foreach (var mapping in mappings)
        {
            var local = await bench.Connector(SyncSide.Local).GetSchemaAsync(mapping.LocalTable, default);
            var integration = await bench.Connector(SyncSide.Integration).GetSchemaAsync(mapping.IntegrationTable, default);
            found.AddRange(FieldMappingSuggestions.Between(local!, integration!, mappings, mapping.Direction)
                .Select(pair => $"{mapping.Name} {pair.Local.Name}>{pair.Integration.Name}"));
            wanted.AddRange(mapping.Fields.Where(field => field is { LocalField: not null, IntegrationField: not null })
                .Select(field => $"{mapping.Name} {field.Key}"));
        }

        wanted.Except(found).Should().BeEquivalentTo(Missed);
        found.Except(wanted).Should().BeEquivalentTo(Additional);
        (wanted.Count, found.Count).Should().Be((49, 45), "the page about suggestions says so");
    }

    [Theory]
    [InlineData("CUSTOMER")]
    [InlineData("VENDOR")]
    public async Task Suggestions_alone_make_a_mapping_that_is_valid(string name)
    {
        await using var bench = await TestBench.StartAsync(DataSet.Largest);
        var standard = bench.Engine.Mappings[name];
        var suggestions = await bench.Engine.SuggestFieldMappingsAsync(standard.LocalTable, standard.IntegrationTable);

        bench.Engine.Mappings.Set(new IntegrationTableMappingBuilder(name)
            .Between(standard.LocalTable, standard.IntegrationTable)
            .SharedByCompanies()
            .Suggested(suggestions)
            .Build());
        await bench.Engine.ValidateAsync();

        bench.Engine.Mappings[name].Fields.Should().HaveSameCount(suggestions).And.HaveCountGreaterThan(10);
    }
}
