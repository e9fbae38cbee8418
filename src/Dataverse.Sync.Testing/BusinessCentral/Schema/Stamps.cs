namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The two precisions of a modification stamp: as stored, and as the API shows it.</summary>
internal static class Stamps
{
    /// <summary>Rounds to 1/300 s, which the API shows as milliseconds that end in 0, 3, or 7.</summary>
    public static DateTimeOffset Rounded(DateTimeOffset moment) => Stored(moment, MidpointRounding.AwayFromZero);

    /// <summary>Cuts to 1/300 s.</summary>
    public static DateTimeOffset Cut(DateTimeOffset moment) => Stored(moment, MidpointRounding.ToZero);

    /// <summary>Rounds to the millisecond, as the API does.</summary>
    public static DateTimeOffset Shown(DateTimeOffset moment)
    {
        var milliseconds = (long)Math.Round(
            moment.UtcTicks / (decimal)TimeSpan.TicksPerMillisecond, MidpointRounding.AwayFromZero);
        return new DateTimeOffset(milliseconds * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }

    // A moment that the API has shown is found again: it lies up to half a millisecond beside the unit.
    private static DateTimeOffset Stored(DateTimeOffset moment, MidpointRounding rounding)
    {
        const decimal Unit = TimeSpan.TicksPerSecond / 300m;
        var second = moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerSecond);
        var slack = rounding == MidpointRounding.ToZero ? TimeSpan.TicksPerMillisecond / 2 : 0;
        var units = Math.Round((moment.UtcTicks - second + slack) / Unit, rounding);
        return new DateTimeOffset(
            second + (long)Math.Round(units * Unit, MidpointRounding.AwayFromZero), TimeSpan.Zero);
    }
}
