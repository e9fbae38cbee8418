namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Assigns business logic to the standard pages. Pages that a test adds have none.</summary>
internal static class StandardRules
{
    private static readonly Dictionary<string, PageRules> Rules = new(StringComparer.Ordinal)
    {
        [PageNames.CompanyInformation] = new CompanyInformationRules(),
        [PageNames.Customers] = new CustomerRules(),
        [PageNames.Vendors] = new VendorRules(),
        [PageNames.Contacts] = new ContactRules(),
        [PageNames.Salespeople] = new SalespersonRules(),
        [PageNames.DefaultDimensions] = new DefaultDimensionRules(),
        [PageNames.Currencies] = new CurrencyRules(),
    };

    /// <summary>The rules of a page. No other page can have the unique name of a standard one.</summary>
    public static PageRules For(PageSchema schema) => Rules.GetValueOrDefault(schema.Name, PageRules.None);
}
