using static Dataverse.Sync.Testing.DataverseColumn;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The columns of one of a row's embedded addresses, and the composite that the platform computes from them.
/// </summary>
internal static class AddressColumns
{
    public static IEnumerable<DataverseColumn> Of(int number)
    {
        var prefix = $"address{number}_";
        return
        [
            Text(prefix + "name", 200),
            Text(prefix + "line1", 250),
            Text(prefix + "line2", 250),
            Text(prefix + "line3", 250),
            Text(prefix + "city", 80),
            Text(prefix + "stateorprovince", 50),
            Text(prefix + "county", 50),
            Text(prefix + "postalcode", 20),
            Text(prefix + "postofficebox", 20),
            Text(prefix + "country", 80),
            Memo(prefix + "composite", 1000) with { Access = DataverseColumnAccess.ReadOnly },
            Text(prefix + "primarycontactname", 100),
            Choice(prefix + "addresstypecode", "Bill To", "Ship To", "Primary", "Other"),
            Choice(prefix + "freighttermscode", "FOB", "No Charge"),
            Choice(
                prefix + "shippingmethodcode", "Airborne", "DHL", "FedEx", "UPS", "Postal Mail", "Full Load",
                "Will Call"),
            Text(prefix + "telephone1", 50),
            Text(prefix + "telephone2", 50),
            Text(prefix + "telephone3", 50),
            Text(prefix + "fax", 50),
            Text(prefix + "upszone", 4),
            WholeNumber(prefix + "utcoffset", -1500, 1500),
            DataverseColumn.Double(prefix + "latitude", 5, -90, 90),
            DataverseColumn.Double(prefix + "longitude", 5, -180, 180),
        ];
    }

    /// <summary>
    /// Street lines, then "city, state postal code", then country, without empty parts; null for an empty address.
    /// </summary>
    public static string? Composite(string prefix, Func<string, string?> value)
    {
        var region = Join(" ", value(prefix + "stateorprovince"), value(prefix + "postalcode"));
        var town = Join(", ", value(prefix + "city"), region);
        return Join(
            "\r\n", value(prefix + "line1"), value(prefix + "line2"), value(prefix + "line3"), town,
            value(prefix + "country"));
    }

    private static string? Join(string separator, params string?[] parts) =>
        string.Join(separator, parts.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } text ? text : null;
}
