namespace Dataverse.Sync.BusinessCentral;

/// <summary>How change feeds are read; see <see cref="BusinessCentralOptions"/>.</summary>
internal sealed record FeedSettings(int PageSize, TimeSpan Overlap, TimeSpan ClockMargin, bool UsesReplica);
