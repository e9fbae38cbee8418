namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// What the metadata of API v2.0 does not tell of its tables: which fields are read-only, codes, enumerations, or
/// computed.
/// </summary>
internal static class StandardTables
{
    private static readonly BusinessCentralFieldOptions Required = new() { IsRequired = true };
    private static readonly BusinessCentralFieldOptions Computed = new() { CanInsert = false, CanUpdate = false, CanFilter = false };

    // The page has variables in place of these columns, whose lengths the metadata does not tell.
    private static readonly BusinessCentralFieldOptions ComputedCode = new() { IsCode = true, CanFilter = false, MaxLength = 10 };
    private static readonly BusinessCentralFieldOptions TaxNumber = new() { MaxLength = 20, CanFilter = false };
    private static readonly BusinessCentralFieldOptions ContactType = Choice(0, "Company", "Person");

    /// <summary>Fields that no page lets anybody write, whatever its table.</summary>
    private static readonly string[] SystemFields =
        ["systemCreatedAt", "systemCreatedBy", "systemModifiedAt", "systemModifiedBy", "systemRowVersion", "lastModifiedDateTime"];

    private static readonly Dictionary<string, BusinessCentralTableOptions> Tables = new(StringComparer.Ordinal)
    {
        ["salespeoplePurchasers"] = Table(("code", Required)),
        ["customers"] = Table(
            ("displayName", Required), ("type", ContactType),
            ("country", BusinessCentralFieldOptions.Code), ("postalCode", BusinessCentralFieldOptions.Code),
            ("salespersonCode", BusinessCentralFieldOptions.Code), ("balanceDue", Computed), ("taxAreaDisplayName", Computed),
            ("taxRegistrationNumber", TaxNumber), ("currencyCode", ComputedCode),
            ("blocked", Choice(1, "Ship", "Invoice", "All"))),
        ["vendors"] = Table(
            ("country", BusinessCentralFieldOptions.Code),
            ("postalCode", BusinessCentralFieldOptions.Code), ("irs1099Code", ComputedCode), ("balance", Computed),
            ("taxRegistrationNumber", TaxNumber), ("currencyCode", ComputedCode),
            ("blocked", Choice(1, "Payment", "All"))),
        ["contacts"] = Table(
            ("type", ContactType), ("displayName", Required),
            ("companyNumber", BusinessCentralFieldOptions.Code), ("country", BusinessCentralFieldOptions.Code),
            ("postalCode", BusinessCentralFieldOptions.Code), ("searchName", BusinessCentralFieldOptions.Code),
            ("taxRegistrationNumber", TaxNumber), ("lastInteractionDate", Computed),
            ("contactBusinessRelation", BusinessCentralFieldOptions.ReadOnly.Or(
                Choice(null, "Customer", "Vendor", "Bank Account", "Employee", "None", "Other", "Multiple")))),
        ["contactsInformation"] = Nested(
            "contactId", "relatedId", ["customers", "vendors"],
            ("contactNumber", BusinessCentralFieldOptions.Code), ("contactType", ContactType)),
        ["currencies"] = Table(("code", Required)),
        ["currencyExchangeRates"] = ReadOnly(
            ("currencyCode", BusinessCentralFieldOptions.Code), ("relationalCurrencyCode", BusinessCentralFieldOptions.Code)),
        ["paymentTerms"] = Table(("code", Required)),
        ["shipmentMethods"] = Table(("code", Required)),
        ["paymentMethods"] = Table(("code", Required)),
        ["companyInformation"] = Table(
            ("taxRegistrationNumber", TaxNumber), ("currencyCode", BusinessCentralFieldOptions.ReadOnly),
            ("currentFiscalYearStartDate", BusinessCentralFieldOptions.ReadOnly)),
    };

    /// <summary>The sets that stand above or beside the companies and hold no company's data.</summary>
    public static IReadOnlySet<string> Unscoped { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "companies",
        "subscriptions",
        "entityDefinitions",
        "apicategoryroutes",
    };

    public static BusinessCentralTableOptions? Find(string entitySet) => Tables.GetValueOrDefault(entitySet);

    /// <summary>What holds of a field of any table: stamps are the platform's, numbers and codes are codes.</summary>
    public static BusinessCentralFieldOptions? FindField(string field)
    {
        if (SystemFields.Contains(field))
        {
            return BusinessCentralFieldOptions.ReadOnly;
        }

        return field is "number" or "code" ? BusinessCentralFieldOptions.Code : null;
    }

    private static BusinessCentralTableOptions Table(
        params ReadOnlySpan<(string Name, BusinessCentralFieldOptions Settings)> fields)
    {
        var table = new BusinessCentralTableOptions();
        foreach (var (name, settings) in fields)
        {
            table.Fields.Add(name, settings);
        }

        return table;
    }

    private static BusinessCentralTableOptions ReadOnly(
        params ReadOnlySpan<(string Name, BusinessCentralFieldOptions Settings)> fields)
    {
        var table = Table(fields);
        table.IsWritable = false;
        return table;
    }

    private static BusinessCentralTableOptions Nested(
        string key,
        string parentField,
        string[] parents,
        params ReadOnlySpan<(string Name, BusinessCentralFieldOptions Settings)> fields)
    {
        var table = ReadOnly(fields);
        table.KeyField = key;
        table.ParentField = parentField;
        foreach (var parent in parents)
        {
            table.Parents.Add(parent);
        }

        return table;
    }

    // An enumeration with a blank member, which has the number 0, counts the others from 1.
    private static BusinessCentralFieldOptions Choice(int? first, params string[] members) =>
        new() { Type = FieldType.Choice, Members = members, FirstMember = first };
}
