using System.Globalization;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The columns that the platform derives from others whenever a row is written.</summary>
internal sealed class RowComputations(DataverseEmulatorOptions options)
{
    private const string Composite = "_composite";

    /// <param name="state">Where referenced rows are looked up.</param>
    /// <param name="table">Table of the row.</param>
    /// <param name="row">The row with what the client wrote.</param>
    /// <param name="before">The row until now, or null for a new one.</param>
    public DataverseRow Apply(DatabaseState state, DataverseTableSchema table, DataverseRow row, DataverseRow? before)
    {
        row = FullName(state, table, row, before);
        row = Addresses(table, row, before);
        row = Parents(table, row);
        row = Owner(state, table, row, before);
        row = Organization(state, table, row, before);
        return table.Columns.Any(column => column.Type is DataverseColumnType.Money)
            ? Money(state, table, row, before)
            : row;
    }

    private static DataverseRow FullName(
        DatabaseState state, DataverseTableSchema table, DataverseRow row, DataverseRow? before)
    {
        if (table.Definition.PrimaryName != "fullname"
            || !IsChanged(row, before, ["firstname", "middlename", "lastname"]))
        {
            return row;
        }

        var convention = state["organization"].Rows.Values.FirstOrDefault()?["fullnameconventioncode"];
        var name = FullNames.Compose(
            convention, row["firstname"] as string, row["middlename"] as string, row["lastname"] as string);
        return row.With("fullname", name?[..Math.Min(name.Length, table["fullname"].MaxLength ?? name.Length)]);
    }

    private static DataverseRow Addresses(DataverseTableSchema table, DataverseRow row, DataverseRow? before)
    {
        foreach (var column in table.Columns.Where(column => column.Name.EndsWith(Composite, StringComparison.Ordinal)))
        {
            var prefix = column.Name[..^(Composite.Length - 1)];
            var parts = table.Columns.Select(other => other.Name)
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name != column.Name);
            if (IsChanged(row, before, parts))
            {
                row = row.With(column.Name, AddressColumns.Composite(prefix, name => row[name] as string));
            }
        }

        return row;
    }

    private static DataverseRow Parents(DataverseTableSchema table, DataverseRow row)
    {
        if (table.Find("parentcustomerid") is null)
        {
            return row;
        }

        var parent = row["parentcustomerid"] as DataverseReference;
        return row
            .With("accountid", parent is { Table: "account" } ? parent : null)
            .With("parentcontactid", parent is { Table: "contact" } ? parent : null);
    }

    private static DataverseRow Owner(
        DatabaseState state, DataverseTableSchema table, DataverseRow row, DataverseRow? before)
    {
        if (table.Definition.Ownership is not DataverseOwnership.UserOwned
            || !IsChanged(row, before, [SystemColumns.Owner]))
        {
            return row;
        }

        var owner = row[SystemColumns.Owner] as DataverseReference;
        return row
            .With(SystemColumns.OwningUser, owner is { Table: "systemuser" } ? owner : null)
            .With(SystemColumns.OwningTeam, owner is { Table: "team" } ? owner : null)
            .With(SystemColumns.OwningBusinessUnit, state.Find(owner)?["businessunitid"]);
    }

    private static DataverseRow Organization(
        DatabaseState state, DataverseTableSchema table, DataverseRow row, DataverseRow? before) =>
        before is null && table.Find("organizationid") is { IsLookup: true }
            && state["organization"].Rows.Values.FirstOrDefault() is { } organization
            ? row.With("organizationid", new DataverseReference("organization", organization.Id))
            : row;

    private DataverseRow Money(DatabaseState state, DataverseTableSchema table, DataverseRow row, DataverseRow? before)
    {
        var columns = table.Columns.Where(
            column => column.Type is DataverseColumnType.Money
                && column.Access is not DataverseColumnAccess.ReadOnly).ToArray();
        if (!IsChanged(row, before, [SystemColumns.Currency, .. columns.Select(column => column.Name)]))
        {
            return row;
        }

        var hasMoney = columns.Any(column => row[column.Name] is not null);
        if (hasMoney && row[SystemColumns.Currency] is null)
        {
            if (before?[SystemColumns.Currency] is not null)
            {
                throw new DataverseErrorException(
                    400, "0x80048CFB", "The currency cannot be null while the record has money values.");
            }

            row = row.With(SystemColumns.Currency, TableRules.BaseCurrency(state));
        }

        var currency = state.Find(row[SystemColumns.Currency] as DataverseReference);
        var rate = currency?[SystemColumns.ExchangeRate] as decimal?;
        row = row.With(SystemColumns.ExchangeRate, rate);
        foreach (var column in columns)
        {
            row = Amount(row, column.Name, Decimals(state, column, currency), rate);
        }

        return row;
    }

    private int Decimals(DatabaseState state, DataverseColumn column, DataverseRow? currency)
    {
        const int Stored = 4;
        var decimals = column.PrecisionSource switch
        {
            DataversePrecisionSource.Column => column.Precision,
            DataversePrecisionSource.Pricing =>
                state["organization"].Rows.Values.FirstOrDefault()?["pricingdecimalprecision"],
            _ => options.RoundMoneyToCurrencyPrecision ? currency?["currencyprecision"] : null,
        };
        return Math.Min(Stored, Convert.ToInt32(decimals ?? Stored, CultureInfo.InvariantCulture));
    }

    private DataverseRow Amount(DataverseRow row, string column, int decimals, decimal? rate)
    {
        if (row[column] is not decimal amount)
        {
            return row.With(column + "_base", null);
        }

        amount = Math.Round(amount, decimals, options.NumberRounding);
        return row.With(column, amount)
            .With(
                column + "_base",
                rate is > 0 ? Math.Round(amount / rate.Value, 4, options.NumberRounding) : null);
    }

    private static bool IsChanged(DataverseRow row, DataverseRow? before, IEnumerable<string> columns) =>
        before is null || columns.Any(column => !Equals(row[column], before[column]));
}
