namespace Dataverse.Sync.KillTests;

/// <summary>What the standard mappings promise of two tables, written down here once more and read by the comparison alone.</summary>
internal sealed record TablePair
{
    public required string Mapping { get; init; }

    public required string LocalTable { get; init; }

    public required string IntegrationTable { get; init; }

    /// <summary>The fields that know a record by its name on either side.</summary>
    public required FieldPair Name { get; init; }

    /// <summary>The other fields that must agree.</summary>
    public required IReadOnlyList<FieldPair> Fields { get; init; }

    public IEnumerable<FieldPair> Compared => Fields.Prepend(Name);

    public bool LocalNeedsPartner { get; init; } = true;

    public bool IntegrationNeedsPartner { get; init; } = true;

    public static TablePair Salespeople { get; } = new()
    {
        Mapping = StandardMappingNames.Salespeople,
        LocalTable = "salespeoplePurchasers",
        IntegrationTable = "systemuser",
        Name = new("displayName", "fullname"),
        Fields = [new("email", "internalemailaddress"), new("phoneNo", "mobilephone")],
        LocalNeedsPartner = false,
    };

    public static TablePair Currencies { get; } = new()
    {
        Mapping = StandardMappingNames.Currency,
        LocalTable = "currencies",
        IntegrationTable = "transactioncurrency",
        Name = new("code", "isocurrencycode"),
        Fields = [new("symbol", "currencysymbol"), new("displayName", "currencyname")],
        IntegrationNeedsPartner = false,
    };

    public static TablePair Customers { get; } = new()
    {
        Mapping = StandardMappingNames.Customer,
        LocalTable = "customers",
        IntegrationTable = "account",
        Name = new("displayName", "name"),
        Fields = [.. Address, new("email", "emailaddress1"), new("website", "websiteurl"), new("phoneNumber", "telephone1"), FieldPair.Currency],
    };

    public static TablePair Vendors { get; } = new()
    {
        Mapping = StandardMappingNames.Vendor,
        LocalTable = "vendors",
        IntegrationTable = "account",
        Name = new("displayName", "name"),
        Fields = [.. Address, new("email", "emailaddress1"), new("website", "websiteurl"), new("phoneNumber", "telephone1"), FieldPair.Currency],
    };

    public static TablePair Contacts { get; } = new()
    {
        Mapping = StandardMappingNames.Contact,
        LocalTable = "contacts",
        IntegrationTable = "contact",
        Name = new("displayName", "fullname"),
        Fields = [.. Address, new("email", "emailaddress1"), new("website", "websiteurl"), new("phoneNumber", "telephone1"), new("mobilePhoneNumber", "mobilephone"), FieldPair.Parent],
    };

    public static IReadOnlyList<TablePair> All { get; } = [Salespeople, Currencies, Customers, Vendors, Contacts];

    private static FieldPair[] Address =>
    [
        new("addressLine1", "address1_line1"), new("addressLine2", "address1_line2"), new("postalCode", "address1_postalcode"),
        new("city", "address1_city"), new("country", "address1_country"), new("state", "address1_stateorprovince"),
    ];
}
