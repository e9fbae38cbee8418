namespace Dataverse.Sync;

/// <summary>The names of the standard mappings, which are Business Central's.</summary>
public static class StandardMappingNames
{
    /// <summary>Users become salespeople.</summary>
    public const string Salespeople = "SALESPEOPLE";

    /// <summary>Currencies become transaction currencies.</summary>
    public const string Currency = "CURRENCY";

    /// <summary>Customers and accounts of the type Customer.</summary>
    public const string Customer = "CUSTOMER";

    /// <summary>Vendors and accounts of the type Vendor.</summary>
    public const string Vendor = "VENDOR";

    /// <summary>Person contacts of customers and vendors, and contacts of accounts.</summary>
    public const string Contact = "CONTACT";
}
