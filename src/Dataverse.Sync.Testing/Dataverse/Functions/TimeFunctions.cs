using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The query functions that compare a column with the present. Days, months, and years are those of UTC, the time zone of
/// every user of the emulator; a week begins on Sunday, as in a new organization.
/// </summary>
internal static class TimeFunctions
{
    private const long MaxNumber = 100_000;

    public static IEnumerable<(string Name, RowFunction Function)> All(DateTimeOffset now) =>
        [.. Calendar(now), .. Last(now), .. Next(now), .. Older(now)];

    private static IEnumerable<(string Name, RowFunction Function)> Calendar(DateTimeOffset now)
    {
        var today = Midnight(now);
        var week = today.AddDays(-(int)today.DayOfWeek);
        var month = today.AddDays(1 - today.Day);
        var year = month.AddMonths(1 - month.Month);
        return
        [
            ("Yesterday", Within(today.AddDays(-1), today)),
            ("Today", Within(today, today.AddDays(1))),
            ("Tomorrow", Within(today.AddDays(1), today.AddDays(2))),
            ("LastWeek", Within(week.AddDays(-7), week)),
            ("ThisWeek", Within(week, week.AddDays(7))),
            ("NextWeek", Within(week.AddDays(7), week.AddDays(14))),
            ("LastMonth", Within(month.AddMonths(-1), month)),
            ("ThisMonth", Within(month, month.AddMonths(1))),
            ("NextMonth", Within(month.AddMonths(1), month.AddMonths(2))),
            ("LastYear", Within(year.AddYears(-1), year)),
            ("ThisYear", Within(year, year.AddYears(1))),
            ("NextYear", Within(year.AddYears(1), year.AddYears(2))),
        ];
    }

    // The past ends now; it begins with the first day as a whole.
    private static IEnumerable<(string Name, RowFunction Function)> Last(DateTimeOffset now)
    {
        var today = Midnight(now);
        return
        [
            ("Last7Days", OfTime(time => time >= today.AddDays(-7) && time <= now)),
            ("LastXHours", OfNumber(number => now.AddHours(-number), (time, from) => time >= from && time <= now)),
            ("LastXDays", OfNumber(number => today.AddDays(-number), (time, from) => time >= from && time <= now)),
            ("LastXWeeks", OfNumber(number => today.AddDays(-7 * number), (time, from) => time >= from && time <= now)),
            ("LastXMonths", OfNumber(number => today.AddMonths(-number), (time, from) => time >= from && time <= now)),
            ("LastXYears", OfNumber(number => today.AddYears(-number), (time, from) => time >= from && time <= now)),
        ];
    }

    // The future begins now; it ends with the last day as a whole.
    private static IEnumerable<(string Name, RowFunction Function)> Next(DateTimeOffset now)
    {
        var end = Midnight(now).AddDays(1);
        return
        [
            ("Next7Days", OfTime(time => time >= now && time < end.AddDays(7))),
            ("NextXHours", OfNumber(number => now.AddHours(number), (time, until) => time >= now && time <= until)),
            ("NextXDays", OfNumber(number => end.AddDays(number), (time, until) => time >= now && time < until)),
            ("NextXWeeks", OfNumber(number => end.AddDays(7 * number), (time, until) => time >= now && time < until)),
            ("NextXMonths", OfNumber(end.AddMonths, (time, until) => time >= now && time < until)),
            ("NextXYears", OfNumber(end.AddYears, (time, until) => time >= now && time < until)),
        ];
    }

    private static IEnumerable<(string Name, RowFunction Function)> Older(DateTimeOffset now)
    {
        var today = Midnight(now);
        return
        [
            ("OlderThanXMinutes", OfNumber(number => now.AddMinutes(-number), (time, until) => time < until)),
            ("OlderThanXHours", OfNumber(number => now.AddHours(-number), (time, until) => time < until)),
            ("OlderThanXDays", OfNumber(number => today.AddDays(-number), (time, until) => time < until)),
            ("OlderThanXWeeks", OfNumber(number => today.AddDays(-7 * number), (time, until) => time < until)),
            ("OlderThanXMonths", OfNumber(number => today.AddMonths(-number), (time, until) => time < until)),
            ("OlderThanXYears", OfNumber(number => today.AddYears(-number), (time, until) => time < until)),
        ];
    }

    private static RowFunction Within(DateTimeOffset from, DateTimeOffset until) =>
        OfTime(time => time >= from && time < until);

    private static RowFunction OfNumber(
        Func<int, DateTimeOffset> bound, Func<DateTimeOffset, DateTimeOffset, bool> test) => (type, arguments) =>
    {
        var limit = Bound(bound, arguments.GetValueOrDefault(QueryFunctions.Value));
        return OfTime(time => test(time, limit))(type, arguments);
    };

    private static RowFunction OfTime(Func<DateTimeOffset, bool> test) => (type, arguments) =>
    {
        var property = FunctionBinding.Property(
            type, arguments, EdmPrimitiveTypeKind.DateTimeOffset, EdmPrimitiveTypeKind.Date);
        return row => row(property.Name) switch
        {
            DateTimeOffset time => test(time),
            DateOnly day => test(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)),
            _ => false,
        };
    };

    private static DateTimeOffset Bound(Func<int, DateTimeOffset> bound, object? number)
    {
        try
        {
            // The value of an alias has the type of its literal.
            var value = number switch { int one => one, long one => one, _ => 0L };
            return value is > 0 and <= MaxNumber ? bound((int)value) : throw OutOfRange();
        }
        catch (ArgumentOutOfRangeException)
        {
            throw OutOfRange();
        }
    }

    private static ODataQueryException OutOfRange() =>
        new(ODataQueryFault.Syntax, "The number of the function is out of its range.");

    private static DateTimeOffset Midnight(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);
}
