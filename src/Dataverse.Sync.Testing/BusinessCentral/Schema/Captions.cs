using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The English captions of the standard pages; most are the words of the name.</summary>
internal static partial class Captions
{
    private static readonly Dictionary<string, string> Entities = new(StringComparer.Ordinal)
    {
        ["salespersonPurchaser"] = "Salesperson/Purchaser",
        [PageNames.Salespeople] = "Salespeople/Purchasers",
    };

    private static readonly Dictionary<string, string> Properties = new(StringComparer.Ordinal)
    {
        ["number"] = "No.",
        ["country"] = "Country/Region Code",
        ["postalCode"] = "Post Code",
        ["phoneNumber"] = "Phone No.",
        ["phoneNo"] = "Phone No.",
        ["mobilePhoneNumber"] = "Mobile Phone No.",
        ["faxNumber"] = "Fax No.",
        ["taxRegistrationNumber"] = "Tax Registration No.",
        ["lastModifiedDateTime"] = "Last Modified Date",
        ["irs1099Code"] = "IRS1099 Code",
        ["contactNumber"] = "Contact No.",
        ["contactBusinessRelation"] = "Business Relation",
        ["lastInteractionDate"] = "Date of Last Interaction",
        ["calculateDiscountOnCreditMemos"] = "Calc. Pmt. Disc. On Credit Memos",
        ["currencies.displayName"] = "Description",
        ["salespeoplePurchasers.displayName"] = "Name",
    };

    public static string OfEntity(string name) => Entities.GetValueOrDefault(name) ?? Words(name);

    public static string OfProperty(PageSchema table, BusinessCentralField field) =>
        Properties.GetValueOrDefault($"{table.Name}.{field.Name}")
        ?? Properties.GetValueOrDefault(field.Name)
        ?? Words(field.Name);

    private static string Words(string name) =>
        char.ToUpperInvariant(name[0]) + Start().Replace(name[1..], match => $" {match.Value}");

    [GeneratedRegex("[A-Z]|(?<![0-9])[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex Start();
}
