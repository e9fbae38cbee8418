namespace Dataverse.Sync;

/// <summary>Finds time zones by the ids of IANA and of Windows.</summary>
internal static class TimeZones
{
    /// <exception cref="TimeZoneNotFoundException">The system knows no such time zone.</exception>
    public static TimeZoneInfo Find(string id)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            || (WindowsTimeZones.Find(id) is { } iana && TimeZoneInfo.TryFindSystemTimeZoneById(iana, out zone)))
        {
            return zone;
        }

        throw new TimeZoneNotFoundException(
            $"The time zone '{id}' was not found. Name one by its IANA id, such as \"Europe/Amsterdam\", or its Windows id, "
            + "such as \"W. Europe Standard Time\". A system without time zone data knows only \"UTC\".");
    }
}
