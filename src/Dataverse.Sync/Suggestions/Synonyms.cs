using System.Collections.Frozen;

namespace Dataverse.Sync.Suggestions;

/// <summary>Names that mean the same in Business Central, in Dataverse, and in systems like them.</summary>
internal static class Synonyms
{
    // The first of each group stands for its meaning.
    private static readonly string[][] Groups =
    [
        ["name", "displayname", "fullname"],
        ["firstname", "givenname"],
        ["lastname", "surname", "familyname"],
        ["jobtitle", "title"],
        ["number", "no"],
        ["code", "isocode", "isocurrencycode"],
        ["description", "notes", "comment", "remarks"],
        ["line1", "addressline1", "address", "street", "street1"],
        ["line2", "addressline2", "address2", "street2"],
        ["city", "town"],
        ["postalcode", "postcode", "zip", "zipcode"],
        ["country", "countryregion", "countryregioncode", "countrycode", "countryorregion"],
        ["state", "stateorprovince", "stateprovince", "province"],
        ["phone", "phonenumber", "phoneno", "telephone", "telephone1", "telephonenumber"],
        ["phone2", "phonenumber2", "phoneno2", "telephone2"],
        ["mobile", "mobilephone", "mobilephonenumber", "mobilephoneno", "mobileno", "cellphone"],
        ["fax", "faxnumber", "faxno"],
        ["email", "emailaddress", "emailaddress1", "internalemailaddress", "mail"],
        ["email2", "emailaddress2", "personalemailaddress"],
        ["website", "websiteurl", "homepage", "weburl", "url"],
        ["currency", "currencyid", "transactioncurrency", "transactioncurrencyid"],
        ["creditlimit", "creditlimitlcy"],
        ["taxnumber", "taxregistrationnumber", "vatregistrationno", "vatregistrationnumber", "vatnumber"],
        ["birthdate", "dateofbirth", "birthday"],
        ["employees", "numberofemployees", "noofemployees"],
        ["unitprice", "price", "listprice"],
        ["unitcost", "cost", "standardcost"],
    ];

    private static readonly FrozenDictionary<string, string> Meanings = Groups
        .SelectMany(group => group.Select(name => (Name: name, Meaning: group[0])))
        .ToFrozenDictionary(pair => pair.Name, pair => "=" + pair.Meaning);

    /// <summary>The meaning of a name in letters and digits of lower case, or null if it is not known.</summary>
    public static string? MeaningOf(string name) => Meanings.GetValueOrDefault(name);
}
