namespace Dataverse.Sync;

/// <summary>Specifies what a date or an instant means to a system. The names are those of Dataverse.</summary>
public enum DateTimeBehavior : byte
{
    /// <summary>
    /// An instant, which each person sees in the person's own time zone. The date that a person picked is stored as the
    /// instant at which it begins there.
    /// </summary>
    UserLocal,

    /// <summary>A date without a time, the same for everybody.</summary>
    DateOnly,

    /// <summary>A date and a time of day without a time zone, the same for everybody.</summary>
    TimeZoneIndependent,
}
