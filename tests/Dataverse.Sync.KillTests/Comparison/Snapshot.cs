using System.Globalization;
using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.KillTests;

/// <summary>Reads the records that must have partners from both services, past connectors and engine.</summary>
internal sealed class Snapshot(Bench bench)
{
    private const int CustomerType = 3;
    private const int VendorType = 11;

    private readonly string localCurrency = bench.Local("companyInformation").Rows[0]["currencyCode"]!.ToString();

    public IReadOnlyList<SeenRecord> Local(TablePair pair) =>
    [
        .. from row in bench.Local(pair.LocalTable).Rows
           where TakesPart(pair, row)
           select new SeenRecord(Guid.Parse(row["id"]!.ToString()), Text(row, pair.Name.Local), pair.Compared.ToDictionary(field => field.Local, field => Text(row, field.Local))),
    ];

    public IReadOnlyList<SeenRecord> Integration(TablePair pair) =>
    [
        .. from row in bench.Integration(pair.IntegrationTable).Rows
           where TakesPart(pair, row)
           select new SeenRecord(row.Id, Text(row, pair.Name.Integration), pair.Compared.ToDictionary(field => field.Integration, field => Text(row, field.Integration))),
    ];

    private bool TakesPart(TablePair pair, JsonObject row)
    {
        if (pair == TablePair.Contacts)
        {
            return row["type"]!.ToString() == "Person" && row["companyName"]!.ToString() is { Length: > 0 } company && IsPartner(company);
        }

        return row["blocked"] is not { } blocked || blocked.ToString() is "" or " " or "_x0020_" or "false";
    }

    private bool IsPartner(string company) => new[] { TablePair.Customers, TablePair.Vendors }
        .Any(pair => bench.Local(pair.LocalTable).Find(pair.Name.Local, company) is { } row && TakesPart(pair, row));

    private bool TakesPart(TablePair pair, DataverseRow row) => pair.Mapping switch
    {
        StandardMappingNames.Salespeople => row["isdisabled"] is not true && row["islicensed"] is true && row["isintegrationuser"] is not true,
        StandardMappingNames.Customer => IsActive(row) && row["customertypecode"] is CustomerType,
        StandardMappingNames.Vendor => IsActive(row) && row["customertypecode"] is VendorType,
        StandardMappingNames.Contact => IsActive(row) && row["parentcustomerid"] is DataverseReference("account", var id)
            && bench.Integration("account").Find(id) is { } account && IsActive(account) && account["customertypecode"] is CustomerType or VendorType,
        _ => true,
    };

    private static bool IsActive(DataverseRow row) => row["statecode"] is 0;

    private string Text(JsonObject row, string property) => (property, row[property]?.ToString() ?? string.Empty) switch
    {
        ("creditLimit", "0") => string.Empty,
        ("currencyCode", "") => localCurrency,
        ("symbol", "") => row["code"]!.ToString(),
        (_, var text) => text,
    };

    private string Text(DataverseRow row, string column) => row[column] switch
    {
        // Without a currency an amount is in the local one.
        null => column == FieldPair.Currency.Integration ? localCurrency : string.Empty,
        DataverseReference reference => bench.Integration(reference.Table).Get(reference.Id)[reference.Table == "account" ? "name" : "isocurrencycode"]?.ToString() ?? string.Empty,
        0m => string.Empty,
        decimal number => number.ToString("0.####", CultureInfo.InvariantCulture),
        var value => value.ToString() ?? string.Empty,
    };
}
