using static Dataverse.Sync.Testing.Emulation.StandardFields;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The pages of API v2.0 that the emulator serves, with their properties in wire order.</summary>
internal static class StandardPages
{
    public static IReadOnlyList<BusinessCentralTableDefinition> All(BusinessCentralEmulatorOptions options) =>
    [
        PlatformTables.Companies,
        PlatformTables.CompanyInformation,
        Salesperson,
        TradeTables.Customer(options.CustomerNumbers),
        TradeTables.Vendor(options.VendorNumbers),
        ContactTables.Contact(options.ContactNumbers),
        ContactTables.Information,
        ContactTables.Relation,
        CurrencyTables.Currency,
        CurrencyTables.ExchangeRate,
        PaymentTerm,
        PartTables.FinancialDetail,
        PartTables.Picture,
        PartTables.DefaultDimension,
        PartTables.Dimension,
        PartTables.DimensionValue,
        UnservedTables.AgedReceivable,
        UnservedTables.AgedPayable,
        UnservedTables.DocumentAttachment,
        CodeTable(PageNames.ShipmentMethods, "shipmentMethod", "Shipment Method"),
        CodeTable(PageNames.PaymentMethods, "paymentMethod", "Payment Method"),
    ];

    private static BusinessCentralTableDefinition Salesperson { get; } = new(
        PageNames.Salespeople, "salespersonPurchaser")
    {
        Caption = "Salesperson/Purchaser",
        Key = ["code"],
        MovesStampWithoutChange = false,
        Fields =
        [
            Id,
            Mandatory(Code("code", 20, "Code")),
            Text("displayName", 50, "Name"),
            Text("email", 80, "E-Mail"),
            Text("email2", 80, "E-Mail 2"),
            Text("phoneNo", 30, "Phone No."),
            Text("jobTitle", 30, "Job Title"),
            Decimal("commisionPercent", "Commission %"),
            Boolean("privacyBlocked", "Privacy Blocked"),
            Boolean("blocked", "Blocked"),
            ModifiedAt,
        ],
    };

    private static BusinessCentralTableDefinition PaymentTerm { get; } = new(PageNames.PaymentTerms, "paymentTerm")
    {
        Caption = "Payment Terms",
        Key = ["code"],
        Fields =
        [
            Id,
            Mandatory(Code("code", 10, "Code")),
            Text("displayName", 100, "Description"),
            DateFormula("dueDateCalculation", "Due Date Calculation"),
            DateFormula("discountDateCalculation", "Discount Date Calculation"),
            Decimal("discountPercent", "Discount %"),
            Boolean("calculateDiscountOnCreditMemos", "Calc. Pmt. Disc. on Cr. Memos"),
            ModifiedAt,
        ],
    };

    private static BusinessCentralTableDefinition CodeTable(string set, string entity, string caption) =>
        new(set, entity)
        {
            Caption = caption,
            Key = ["code"],
            Fields = [Id, Mandatory(Code("code", 10, "Code")), Text("displayName", 100, "Description"), ModifiedAt],
        };
}
