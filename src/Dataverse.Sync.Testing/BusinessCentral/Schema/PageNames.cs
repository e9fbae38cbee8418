namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The entity sets of API v2.0 that the emulator serves.</summary>
internal static class PageNames
{
    public const string Route = "v2.0";

    public const string EntityDefinitions = "entityDefinitions";
    public const string Subscriptions = "subscriptions";

    public const string Companies = "companies";
    public const string CompanyInformation = "companyInformation";
    public const string Salespeople = "salespeoplePurchasers";
    public const string Customers = "customers";
    public const string Vendors = "vendors";
    public const string Contacts = "contacts";
    public const string ContactsInformation = "contactsInformation";
    public const string Currencies = "currencies";
    public const string ExchangeRates = "currencyExchangeRates";
    public const string PaymentTerms = "paymentTerms";
    public const string ShipmentMethods = "shipmentMethods";
    public const string PaymentMethods = "paymentMethods";

    public const string FinancialDetails = "customerFinancialDetails";
    public const string Pictures = "pictures";
    public const string DefaultDimensions = "defaultDimensions";
    public const string Dimensions = "dimensions";
    public const string DimensionValues = "dimensionValues";
    public const string AgedReceivables = "agedAccountsReceivables";
    public const string AgedPayables = "agedAccountsPayables";
    public const string DocumentAttachments = "documentAttachments";

    /// <summary>
    /// Not a page: the links between contacts and customers or vendors, as in table Contact Business Relation.
    /// </summary>
    public const string Relations = "#contactBusinessRelations";
}
