namespace Dataverse.Sync;

/// <summary>The names of the standard mappings, which are those of Business Central.</summary>
public static class StandardMappingNames
{
    /// <summary>Salespeople, from Dataverse users.</summary>
    public const string Salespeople = "SALESPEOPLE";

    /// <summary>Currencies, to Dataverse transaction currencies.</summary>
    public const string Currency = "CURRENCY";

    /// <summary>Customers and accounts with the relationship type Customer.</summary>
    public const string Customer = "CUSTOMER";

    /// <summary>Vendors and accounts with the relationship type Vendor.</summary>
    public const string Vendor = "VENDOR";

    /// <summary>Person contacts of customers and vendors, and contacts of accounts.</summary>
    public const string Contact = "CONTACT";
}
