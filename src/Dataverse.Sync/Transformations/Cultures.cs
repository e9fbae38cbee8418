using System.Globalization;

namespace Dataverse.Sync;

/// <summary>
/// Finds cultures by name. Those of <see cref="Conventions"/> are the same on every machine, also on one without
/// globalization data; others are taken from the operating system.
/// </summary>
internal static class Cultures
{
    private static readonly Dictionary<string, CultureInfo> Known = Conventions.ByCulture
        .ToDictionary(pair => pair.Key, pair => Create(pair.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The culture without a country. Two digits of a year mean 1950 to 2049, whatever is set on the machine.
    /// </summary>
    public static CultureInfo Invariant { get; } = CultureInfo.ReadOnly(NewInvariant());

    /// <summary>Finds a culture; returns null if this system knows none of this name.</summary>
    public static CultureInfo? Find(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return Invariant;
        }

        return Known.TryGetValue(name, out var known) ? known : FindInSystem(name);
    }

    private static CultureInfo? FindInSystem(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    private static CultureInfo Create(Conventions conventions)
    {
        var culture = NewInvariant();
        culture.NumberFormat.NumberDecimalSeparator = $"{conventions.Decimal}";
        culture.NumberFormat.NumberGroupSeparator = $"{conventions.Group}";
        culture.DateTimeFormat.DateSeparator = $"{conventions.Date.First(sign => !char.IsLetter(sign))}";
        culture.DateTimeFormat.ShortDatePattern = conventions.Date;
        culture.DateTimeFormat.LongTimePattern = conventions.Time;
        return CultureInfo.ReadOnly(culture);
    }

    private static CultureInfo NewInvariant()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.DateTimeFormat.Calendar = new GregorianCalendar(GregorianCalendarTypes.Localized) { TwoDigitYearMax = 2049 };
        return culture;
    }
}
