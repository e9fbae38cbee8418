using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>The tables that the standard mappings name, with the fields that they use.</summary>
internal static class StandardTables
{
    private static readonly string[] LocalAddress =
        ["addressLine1", "addressLine2", "postalCode", "city", "country", "state"];

    private static readonly string[] IntegrationAddress =
    [
        "address1_line1", "address1_line2", "address1_postalcode", "address1_city", "address1_country", "address1_stateorprovince",
    ];

    public static InMemoryConnector NewLocal(TimeProvider time)
    {
        var system = new InMemoryConnector(
            new InMemoryOptions { Flavor = InMemoryFlavor.BusinessCentral, TimeProvider = time });
        _ = system.AddTable("salespeoplePurchasers", table => Texts(
            table.BusinessKey("code"),
            "email", "displayName", "phoneNo", "jobTitle", "email2"));
        _ = system.AddTable(
            "currencies",
            table => Texts(table.BusinessKey("code", maxLength: 10), "symbol", "displayName", "amountDecimalPlaces"));
        _ = system.AddTable(
            "customers",
            table => Partner(table, "C00010").Code("salespersonCode").Field("creditLimit", FieldType.Decimal));
        _ = system.AddTable("vendors", table => Partner(table, "V00010"));
        _ = system.AddTable("contacts", table => Texts(
            table.BusinessKey("number", firstNumber: "CT0010"),
            ["type", "companyNumber", "displayName", "email", "website", "mobilePhoneNumber", "phoneNumber", .. LocalAddress]));
        _ = system.AddTable(
            "contactsInformation",
            table => Texts(table, "contactNumber", "contactType", "relatedType").Field("relatedId", FieldType.Identifier));
        _ = system.AddTable("companyInformation", table => Texts(table, "currencyCode"));
        _ = system.AddTable("currencyExchangeRates", table => Texts(table, "currencyCode", "relationalCurrencyCode")
            .Field("startingDate", FieldType.Date)
            .Field("exchangeRateAmount", FieldType.Decimal)
            .Field("relationalExchangeRateAmount", FieldType.Decimal));
        return system;
    }

    public static InMemoryConnector NewIntegration(TimeProvider time)
    {
        var system = new InMemoryConnector(
            new InMemoryOptions { Flavor = InMemoryFlavor.Dataverse, TimeProvider = time, Seed = 2 });
        _ = system.AddTable("systemuser", table => Texts(
                table.Key("systemuserid"),
                "fullname", "internalemailaddress", "mobilephone", "jobtitle", "personalemailaddress", "employeeid")
            .Field("isdisabled", FieldType.Boolean)
            .Field("islicensed", FieldType.Boolean)
            .Field("isintegrationuser", FieldType.Boolean));
        _ = system.AddTable("transactioncurrency", table => Texts(
                table.Key("transactioncurrencyid"),
                "isocurrencycode", "currencysymbol", "currencyname")
            .Field("exchangerate", FieldType.Decimal)
            .Field("currencyprecision", FieldType.Integer));
        _ = system.AddTable(
            "organization",
            table => table.Key("organizationid").Reference("basecurrencyid", "transactioncurrency"));
        _ = system.AddTable("account", table => Texts(
                table.Key("accountid"),
                ["name", "accountnumber", "emailaddress1", "websiteurl", "telephone1", .. IntegrationAddress])
            .Field("creditlimit", FieldType.Decimal)
            .Field("customertypecode", FieldType.Choice)
            .Field("statecode", FieldType.Choice)
            .Reference("transactioncurrencyid", "transactioncurrency")
            .Reference("ownerid", "systemuser", "team"));
        _ = system.AddTable("contact", table => Texts(
                table.Key("contactid"),
                ["fullname", "emailaddress1", "websiteurl", "mobilephone", "telephone1", .. IntegrationAddress])
            .Field("statecode", FieldType.Choice)
            .Reference("parentcustomerid", "account", "contact"));
        return system;
    }

    private static InMemoryTableBuilder Partner(InMemoryTableBuilder table, string firstNumber) =>
        Texts(
            table.BusinessKey("number", firstNumber: firstNumber),
            ["displayName", "blocked", "email", "website", "phoneNumber", .. LocalAddress])
            .Reference("currencyId", "currencies");

    private static InMemoryTableBuilder Texts(InMemoryTableBuilder table, params string[] fields) =>
        fields.Aggregate(table, (current, field) => current.Text(field));
}
