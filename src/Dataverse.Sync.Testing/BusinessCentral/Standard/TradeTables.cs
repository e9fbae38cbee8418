using static Dataverse.Sync.Testing.Emulation.StandardFields;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Customers and vendors, which share most of their properties and rules.</summary>
internal static class TradeTables
{
    public static BusinessCentralTableDefinition Customer(BusinessCentralNumberSeries? numbers) =>
        new(PageNames.Customers, "customer")
        {
            Caption = "Customer",
            Key = ["number"],
            NumberSeries = numbers,
            Navigations =
            [
                Currency, PaymentTerm, ShipmentMethod, PaymentMethod,
                new("customerFinancialDetail", PageNames.FinancialDetails, false) { Partner = "customer" },
                PartTables.PictureOf with { Partner = "customer" },
                PartTables.DimensionsOf with { Partner = "customer" },
                Aged("agedAccountsReceivable", PageNames.AgedReceivables, "customer"),
                ContactsInformation with { Partner = "customer" },
                Attachments with { Partner = "customer" },
            ],
            Fields =
            [
                Id,
                Code("number", 20, "No."),
                Mandatory(Text("displayName", 100, "Name")),
                Enum("type", StandardEnums.ContactType),
                .. Address,
                Code("salespersonCode", 20, "Salesperson Code"),
                FlowField("balanceDue"),
                Decimal("creditLimit", "Credit Limit (LCY)"),
                Boolean("taxLiable", "Tax Liable"),
                Reference("taxAreaId"),
                PageVariable(ReadOnly(Text("taxAreaDisplayName", 100, "Tax Area"))),
                TaxRegistrationNumber,
                Reference("currencyId"),
                PageVariable(Code("currencyCode", 10, "Currency Code")),
                Reference("paymentTermsId"),
                Reference("shipmentMethodId"),
                Reference("paymentMethodId"),
                Enum("blocked", StandardEnums.CustomerBlocked),
                ModifiedAt,
            ],
        };

    public static BusinessCentralTableDefinition Vendor(BusinessCentralNumberSeries? numbers) =>
        new(PageNames.Vendors, "vendor")
        {
            Caption = "Vendor",
            Key = ["number"],
            NumberSeries = numbers,
            Navigations =
            [
                Currency, PaymentTerm, PaymentMethod,
                PartTables.PictureOf with { Partner = "vendor" },
                PartTables.DimensionsOf with { Partner = "vendor" },
                Aged("agedAccountsPayable", PageNames.AgedPayables, "vendor"),
                ContactsInformation with { Partner = "vendor" },
                Attachments with { Partner = "vendor" },
            ],
            Fields =
            [
                Id,
                Code("number", 20, "No."),
                Text("displayName", 100, "Name"),
                .. Address,
                TaxRegistrationNumber,
                Reference("currencyId"),
                PageVariable(Code("currencyCode", 10, "Currency Code")),
                PageVariable(Code("irs1099Code", 10, "IRS 1099 Code"), length: 10),
                Reference("paymentTermsId"),
                Reference("paymentMethodId"),
                Boolean("taxLiable", "Tax Liable"),
                Enum("blocked", StandardEnums.VendorBlocked),
                FlowField("balance"),
                ModifiedAt,
            ],
        };

    private static IReadOnlyList<BusinessCentralField> Address { get; } =
    [
        Text("addressLine1", 100, "Address"),
        Text("addressLine2", 50, "Address 2"),
        Text("city", 30, "City"),
        Text("state", 30, "County"),
        Code("country", 10, "Country/Region Code"),
        Code("postalCode", 20, "Post Code"),
        Text("phoneNumber", 30, "Phone No."),
        Text("email", 80, "E-Mail"),
        Text("website", 255, "Home Page"),
    ];

    private static TableNavigation Currency { get; } = ById("currency", PageNames.Currencies, "currencyId");

    private static TableNavigation PaymentTerm { get; } = ById("paymentTerm", PageNames.PaymentTerms, "paymentTermsId");

    private static TableNavigation ShipmentMethod { get; } = ById(
        "shipmentMethod", PageNames.ShipmentMethods, "shipmentMethodId");

    private static TableNavigation PaymentMethod { get; } = ById(
        "paymentMethod", PageNames.PaymentMethods, "paymentMethodId");

    private static TableNavigation ContactsInformation { get; } =
        new("contactsInformation", PageNames.ContactsInformation, true) { ReferencedProperty = "relatedId" };

    private static TableNavigation Attachments { get; } =
        new("documentAttachments", PageNames.DocumentAttachments, true) { ReferencedProperty = "parentId" };

    private static TableNavigation Aged(string name, string target, string owner) =>
        new(name, target, false) { ReferencedProperty = owner + "Id", Partner = owner };

    private static TableNavigation ById(string name, string target, string field) =>
        new(name, target, false) { Property = field };
}
