namespace Dataverse.Sync.Hosting;

/// <summary>The times of all runs.</summary>
/// <param name="OwnershipDuration">How long an entry belongs to its process without being renewed.</param>
/// <param name="BusyDelay">The time after which an entry is tried again whose mapping is run by somebody else.</param>
internal sealed record RunTimes(TimeSpan OwnershipDuration, TimeSpan BusyDelay);
