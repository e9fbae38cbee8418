namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The two precisions of a modification stamp: as stored, and as the API shows it.</summary>
internal static class Stamps
{
    /// <summary>Rounds to 1/300 s, which the API shows as milliseconds that end in 0, 3, or 7.</summary>
    public static DateTimeOffset Rounded(DateTimeOffset moment)
    {
        const decimal Unit = TimeSpan.TicksPerSecond / 300m;
        var second = moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerSecond);
        var units = Math.Round((moment.UtcTicks - second) / Unit, MidpointRounding.AwayFromZero);
        return new DateTimeOffset(
            second + (long)Math.Round(units * Unit, MidpointRounding.AwayFromZero), TimeSpan.Zero);
    }

    /// <summary>Rounds to the millisecond, as the API does.</summary>
    public static DateTimeOffset Shown(DateTimeOffset moment)
    {
        var milliseconds = (long)Math.Round(
            moment.UtcTicks / (decimal)TimeSpan.TicksPerMillisecond, MidpointRounding.AwayFromZero);
        return new DateTimeOffset(milliseconds * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }
}
