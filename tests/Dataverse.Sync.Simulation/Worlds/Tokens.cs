using System.Globalization;

namespace Dataverse.Sync.Simulation;

/// <summary>Numbers that make every value that a user writes recognizable, whatever form a server gives it.</summary>
internal static class Tokens
{
    /// <summary>The fields of a customer or account whose values carry a token, under one name on both sides.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["name", "city", "credit", "since", "note", "site"];

    /// <summary>The reference to a person, as its field mapping's local field is called.</summary>
    public const string Agent = "agent";

    private static readonly DateTimeOffset FirstInstant = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The fields of tailored customers and accounts as well.</summary>
    public static IReadOnlyList<string> AllFields { get; } = [.. Fields, .. Tailoring.Fields];

    /// <summary>A value for a field that holds a token.</summary>
    public static FieldValue ValueOf(string field, SyncSide side, long token) => field switch
    {
        "credit" => FieldValue.Decimal(token + 0.256m),
        "since" => FieldValue.DateTime(FirstInstant.AddSeconds(token).AddMilliseconds(257)),
        "note" or "city" when side == SyncSide.Local => FieldValue.Text(string.Create(CultureInfo.InvariantCulture, $"{field[0]}{token}-x\r\ny ")),
        "name" when side == SyncSide.Local => FieldValue.Text(string.Create(CultureInfo.InvariantCulture, $"n{token}-Adatum Works")),
        Tailoring.Memo when side == SyncSide.Local => FieldValue.Text(string.Create(CultureInfo.InvariantCulture, $"m{token}-Mixed Case ")),
        Tailoring.Label when side == SyncSide.Local => FieldValue.Text(string.Create(CultureInfo.InvariantCulture, $"l{token}-x+whole")),
        _ => FieldValue.Text(string.Create(CultureInfo.InvariantCulture, $"{field[0]}{token}-x")),
    };

    /// <summary>Whether the values of a conflict carry tokens.</summary>
    public static bool IsIn(FieldConflict conflict) => AllFields.Contains(NameOf(conflict));

    /// <summary>The local field of a conflict.</summary>
    public static string NameOf(FieldConflict conflict) => conflict.FieldMapping.Value.Split('>')[0];

    /// <summary>The token in a value; zero for a blank.</summary>
    public static long Of(FieldValue value)
    {
        if (value.Kind == FieldValueKind.DateTime)
        {
            return (value.AsDateTime() - FirstInstant).Ticks / TimeSpan.TicksPerSecond;
        }

        if (value.Kind != FieldValueKind.Text)
        {
            return value.IsBlank ? 0 : (long)decimal.Truncate(value.AsDecimal());
        }

        var text = value.AsText().AsSpan(1);
        var end = text.IndexOf('-');
        return long.Parse(end < 0 ? text : text[..end], CultureInfo.InvariantCulture);
    }
}
