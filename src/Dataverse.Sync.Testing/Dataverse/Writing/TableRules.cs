namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Rules that hold for single tables: required columns, currencies, hierarchies, owners.</summary>
internal static class TableRules
{
    public static void CheckCreate(DatabaseState state, DataverseTableSchema table, DataverseRow row)
    {
        foreach (var column in table.Columns.Where(column => column.Requirement is DataverseRequirement.SystemRequired))
        {
            if (row[column.Name] is null && column.Name != table.Key)
            {
                throw DataverseErrors.InvalidArgument(
                    $"Required field '{column.Name}' of '{table.LogicalName}' is missing.");
            }
        }

        if (table.LogicalName == "transactioncurrency")
        {
            CheckIsoCode(state, row);
        }

        CheckOwner(state, row);
        CheckLoop(state, row);
    }

    public static void CheckUpdate(
        DatabaseState state, DataverseTableSchema table, DataverseRow before, DataverseRow after)
    {
        if (table.LogicalName == "transactioncurrency")
        {
            if (!Equals(before["isocurrencycode"], after["isocurrencycode"]))
            {
                CheckIsoCode(state, after);
            }

            CheckBaseCurrency(state, before, after);
        }

        if (!Equals(before[SystemColumns.Owner], after[SystemColumns.Owner]))
        {
            CheckOwner(state, after);
        }

        CheckLoop(state, after);
    }

    public static void CheckDelete(DatabaseState state, DataverseTableSchema table, DataverseRow row)
    {
        if (table.LogicalName == "transactioncurrency" && IsBaseCurrency(state, row.Id))
        {
            throw new DataverseErrorException(
                400, "0x80048CFF", "The base currency of an organization cannot be deleted.");
        }

        if (table.LogicalName == "organization")
        {
            throw DataverseErrors.MethodNotAllowed("DELETE");
        }
    }

    /// <summary>The organization's currency, or null in an organization without one.</summary>
    public static DataverseReference? BaseCurrency(DatabaseState state) =>
        state["organization"].Rows.Values.FirstOrDefault()?["basecurrencyid"] as DataverseReference;

    private static bool IsBaseCurrency(DatabaseState state, Guid id) => BaseCurrency(state)?.Id == id;

    private static void CheckIsoCode(DatabaseState state, DataverseRow row)
    {
        var code = (string)row["isocurrencycode"]!;
        if (!code.All(char.IsAsciiLetterOrDigit))
        {
            throw new DataverseErrorException(400, "0x80048CF2", "Invalid ISO currency code.");
        }

        bool IsSame(DataverseRow other) =>
            string.Equals(other["isocurrencycode"] as string, code, StringComparison.OrdinalIgnoreCase);
        if (state[row.Table].All.Any(other => other.Id != row.Id && IsSame(other)))
        {
            throw new DataverseErrorException(
                400, "0x80048CF3", "A currency with this ISO currency code already exists.");
        }
    }

    private static void CheckBaseCurrency(DatabaseState state, DataverseRow before, DataverseRow after)
    {
        if (!IsBaseCurrency(state, after.Id))
        {
            return;
        }

        if (after[SystemColumns.State] is 1)
        {
            throw new DataverseErrorException(
                400, "0x80048CF4", "The base currency of an organization cannot be deactivated.");
        }

        if (!Equals(before[SystemColumns.ExchangeRate], after[SystemColumns.ExchangeRate]))
        {
            throw new DataverseErrorException(
                400, "0x80048CF5", "The exchange rate of the base currency cannot be modified.");
        }
    }

    private static void CheckOwner(DatabaseState state, DataverseRow row)
    {
        if (row[SystemColumns.Owner] is DataverseReference { Table: "systemuser" } owner
            && state.Find(owner)?["isdisabled"] is true)
        {
            throw new DataverseErrorException(
                403, "0x80040225", "The specified user is either disabled or is not a member of any business unit.");
        }
    }

    private static void CheckLoop(DatabaseState state, DataverseRow row)
    {
        var (column, code) = row.Table == "account"
            ? ("parentaccountid", "0x80040506")
            : ("parentcustomerid", "0x80040507");
        var seen = new HashSet<Guid> { row.Id };
        for (var parent = row[column] as DataverseReference; parent?.Table == row.Table; parent = state.Find(
            parent)?[column] as DataverseReference)
        {
            if (!seen.Add(parent.Id))
            {
                throw new DataverseErrorException(
                    400, code, $"Creating this parental association would create a loop in the {row.Table} hierarchy.");
            }
        }
    }
}
