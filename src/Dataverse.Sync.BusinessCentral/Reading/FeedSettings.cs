namespace Dataverse.Sync.BusinessCentral;

/// <summary>The settings of change feeds.</summary>
/// <param name="PageSize">The greatest number of records per page.</param>
/// <param name="Overlap">How far before the newest stamp the next feed begins.</param>
/// <param name="ClockMargin">How far behind the service's clock at the start of a feed its checkpoint stays at
/// least.</param>
internal sealed record FeedSettings(int PageSize, TimeSpan Overlap, TimeSpan ClockMargin)
{
    /// <summary>The settings that the options contain.</summary>
    public static FeedSettings Of(BusinessCentralOptions options) =>
        new(options.PageSize, options.ChangeOverlap, options.ClockMargin);
}
