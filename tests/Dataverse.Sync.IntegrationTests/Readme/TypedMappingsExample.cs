namespace Dataverse.Sync.IntegrationTests.Readme.TypedMappings;

/// <summary>The examples of the page about typed mappings, compiled; a test compares the texts.</summary>
internal static class TypedMappingsExample
{
    public static IIntegrationTableMapping Map()
    {
        // begin
        var mapping = new IntegrationTableMappingBuilder("CUSTOMER")
            .Map<Customer, Account>(map => map
                .Field(customer => customer.Name, account => account.Name)
                .Field(
                    customer => customer.CreditLimit,
                    account => account.CreditLimit,
                    toIntegration: limit => limit == 0 ? null : limit,
                    toLocal: limit => limit ?? 0)
                .MatchOn(customer => customer.Number, account => account.AccountNumber))
            .OnDeletion(DeletionPolicy.DeleteRecord)
            .Build();
        // end
        return mapping;
    }

    public static (Customer Customer, int Fields, int Problems) Read(TableRecord record, TableSchema schema)
    {
        // begin
        var shape = TypedShape.Of<Customer>(FieldConvention.BusinessCentral);

        Customer customer = shape.Read(record);                       // TableRecord → object
        IReadOnlyList<FieldWrite> fields = shape.Write(customer);     // object → values of fields
        IReadOnlyList<string> problems = shape.FindProblems(schema);  // types and names against a TableSchema
        // end
        return (customer, fields.Count, problems.Count);
    }

    public static async Task SuggestAsync(SyncEngine engine)
    {
        // begin
        var suggestions = await engine.SuggestFieldMappingsAsync("projects", "new_project");
        foreach (var suggestion in suggestions)
        {
            Console.WriteLine($"{suggestion}, may lose: {string.Join(", ", suggestion.Losses)}");
        }

        engine.Mappings.Set(new IntegrationTableMappingBuilder("PROJECT")
            .Between("projects", "new_project")
            .Suggested(suggestions.Where(suggestion => suggestion.Reason != SuggestionReason.SimilarName))
            .Build());
        // end
    }
}
