using System.Globalization;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// The names that people see, and the numbers that stored filters contain, of the fields that API v2.0 names otherwise.
/// </summary>
internal static class StandardNames
{
    private static readonly Entry[] Address =
    [
        new("addressLine1", 5, "Address"), new("addressLine2", 6, "Address 2"), new("city", 7, "City"),
        new("phoneNumber", 9, "Phone No."), new("country", 35, "Country/Region Code"),
        new("taxRegistrationNumber", 86, "VAT Registration No."), new("postalCode", 91, "Post Code"),
        new("state", 92, "County"), new("email", 102, "E-Mail"), new("website", 103, "Home Page"),
    ];

    private static readonly Entry[] Trader =
    [
        new("number", 1, "No."), new("displayName", 2, "Name"), .. Address, new("currencyCode", 22, "Currency Code"),
        new("blocked", 39, "Blocked"), new("taxLiable", 109, "Tax Liable"),
    ];

    private static readonly Dictionary<string, Entry[]> Tables = new(StringComparer.Ordinal)
    {
        ["customers"] =
        [
            .. Trader, new("creditLimit", 20, "Credit Limit (LCY)"), new("salespersonCode", 29, "Salesperson Code"),
            new("balanceDue", 67, "Balance Due (LCY)"),
        ],
        ["vendors"] = [.. Trader, new("balance", 59, "Balance (LCY)")],
        ["contacts"] =
        [
            new("number", 1, "No."), new("displayName", 2, "Name"), new("searchName", 3, "Search Name"), .. Address,
            new("type", 5050, "Type"), new("companyNumber", 5051, "Company No."), new("companyName", 5052, "Company Name"),
            new("jobTitle", 5058, "Job Title"), new("mobilePhoneNumber", 5061, "Mobile Phone No."),
        ],
        ["currencies"] = [new("code", 1, "Code")],
        ["paymentTerms"] = [new("code", 1, "Code")],
        ["shipmentMethods"] = [new("code", 1, "Code")],
        ["salespeoplePurchasers"] =
        [
            new("code", 1, "Code"), new("displayName", 2, "Name"), new("email", 5052, "E-Mail"),
            new("phoneNumber", 5053, "Phone No."), new("jobTitle", 5062, "Job Title"),
        ],
    };

    /// <summary>The other names of the fields of an entity set, by the name of the field.</summary>
    public static ILookup<string, string> Of(string entitySet) => Tables.GetValueOrDefault(entitySet, [])
        .SelectMany(entry => entry.Names, (entry, name) => (entry.Field, Name: name))
        .ToLookup(entry => entry.Field, entry => entry.Name, StringComparer.Ordinal);

    private sealed record Entry(string Field, int Number, string Name)
    {
        public IEnumerable<string> Names => [Name, "Field" + Number.ToString(CultureInfo.InvariantCulture)];
    }
}
