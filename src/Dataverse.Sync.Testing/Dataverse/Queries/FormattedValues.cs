using System.Globalization;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Formats values for an English-speaking user in UTC.</summary>
internal static class FormattedValues
{
    /// <summary>The formatted value; <see langword="null"/> for columns without one.</summary>
    public static string? Of(
        DataverseColumn column, object value, DataverseRow row, RowAccessor rows, DatabaseState state) => value switch
        {
            DataverseReference reference => rows.NameOf(reference),
            bool flag => flag ? "Yes" : "No",
            string numbers when column.Type is DataverseColumnType.MultiChoice => Labels(column, numbers),
            int number when column.Choices.Count > 0 =>
                column.Choices.FirstOrDefault(choice => choice.Value == number)?.Label,
            int or long => Number(value, "N0"),
            decimal when column.Type is DataverseColumnType.Money => Money(row, value, state),
            decimal or double => Number(value, "N" + column.Precision.ToString(CultureInfo.InvariantCulture)),
            DateTimeOffset time => time.ToString("M/d/yyyy h:mm tt", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("M/d/yyyy", CultureInfo.InvariantCulture),
            _ => null,
        };

    private static string Labels(DataverseColumn column, string numbers)
    {
        var values = numbers.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
        return string.Join("; ", column.Choices.Where(choice => values.Contains(choice.Value)).Select(choice => choice.Label));
    }

    private static string Number(object number, string format) =>
        ((IFormattable)number).ToString(format, CultureInfo.InvariantCulture);

    private static string Money(DataverseRow row, object amount, DatabaseState state)
    {
        var currency = state.Find(row[SystemColumns.Currency] as DataverseReference);
        return currency?["currencysymbol"] + Number(amount, "N" + (currency?["currencyprecision"] ?? 2));
    }
}
