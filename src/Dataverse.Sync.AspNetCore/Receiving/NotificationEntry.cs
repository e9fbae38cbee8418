namespace Dataverse.Sync.AspNetCore;

/// <summary>One entry of a notification of Business Central, which says where something has changed but not what.</summary>
internal sealed record NotificationEntry(string? SubscriptionId, string? ClientState, string? Resource);
