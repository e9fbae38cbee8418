namespace Dataverse.Sync.Execution;

/// <summary>Converts between dates, wall-clock times, and instants.</summary>
/// <remarks>
/// An instant of a user-local field belongs to a date only in a time zone. A field of another behavior shows the same
/// date and time to everybody, so it needs none.
/// </remarks>
internal static class TimeConversion
{
    /// <summary>Whether converting between two fields requires a time zone.</summary>
    public static bool NeedsZone(FieldSchema left, FieldSchema right) =>
        IsTime(left) && IsTime(right) && IsInstant(left) != IsInstant(right);

    /// <exception cref="UnfitValueException">The value is no time, or the result is out of range.</exception>
    public static FieldValue ToDate(FieldValue value, FieldSchema from, TimeZoneInfo? zone) => value.Kind switch
    {
        FieldValueKind.Date => value,
        FieldValueKind.DateTime => FieldValue.Date(
            DateOnly.FromDateTime(WallClock(value.AsDateTime(), IsInstant(from) ? zone : null))),
        _ => throw NoTime(),
    };

    /// <exception cref="UnfitValueException">The value is no time, or the result is out of range.</exception>
    public static FieldValue ToDateTime(FieldValue value, FieldSchema from, FieldSchema to, TimeZoneInfo? zone)
    {
        switch (value.Kind)
        {
            case FieldValueKind.Date:
                var midnight = value.AsDate().ToDateTime(TimeOnly.MinValue);
                return FieldValue.DateTime(Instant(midnight, IsInstant(to) ? zone : null));
            case FieldValueKind.DateTime when IsInstant(from) && !IsInstant(to):
                return FieldValue.DateTime(Instant(WallClock(value.AsDateTime(), zone), null));
            case FieldValueKind.DateTime when !IsInstant(from) && IsInstant(to):
                return FieldValue.DateTime(Instant(value.AsDateTime().UtcDateTime, zone));
            case FieldValueKind.DateTime:
                return value;
            default:
                throw NoTime();
        }
    }

    private static bool IsTime(FieldSchema field) => field.Type is FieldType.Date or FieldType.DateTime;

    private static bool IsInstant(FieldSchema field) =>
        field is { Type: FieldType.DateTime, DateTimeBehavior: DateTimeBehavior.UserLocal };

    private static DateTime WallClock(DateTimeOffset instant, TimeZoneInfo? zone) =>
        At(instant.UtcTicks + (zone?.GetUtcOffset(instant).Ticks ?? 0));

    // The clock may show a time twice, and then the first one counts. A time that the clock skips, such as a midnight
    // on which daylight-saving time begins, is the instant of the jump.
    private static DateTimeOffset Instant(DateTime wallClock, TimeZoneInfo? zone)
    {
        if (zone is null)
        {
            return new(wallClock.Ticks, TimeSpan.Zero);
        }

        var before = OffsetAt(zone, wallClock.Ticks - TimeSpan.TicksPerDay);
        var after = OffsetAt(zone, wallClock.Ticks + TimeSpan.TicksPerDay);
        var first = wallClock.Ticks - before;
        var second = wallClock.Ticks - after;
        var isSecond = OffsetAt(zone, first) != before && OffsetAt(zone, second) == after;
        return new(At(isSecond ? second : first).Ticks, TimeSpan.Zero);
    }

    private static long OffsetAt(TimeZoneInfo zone, long utcTicks)
    {
        var ticks = Math.Clamp(utcTicks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return zone.GetUtcOffset(new DateTimeOffset(ticks, TimeSpan.Zero)).Ticks;
    }

    private static DateTime At(long ticks) => ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
        ? new DateTime(ticks)
        : throw new UnfitValueException("the date lies outside the years 1 to 9999 in the other time zone.");

    private static UnfitValueException NoTime() => new("the value is not a date or a time.");
}
