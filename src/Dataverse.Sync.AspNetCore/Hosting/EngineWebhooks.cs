namespace Dataverse.Sync.AspNetCore;

/// <summary>The webhooks of one engine.</summary>
/// <param name="Receiver">What wakes its entries.</param>
/// <param name="Loop">What looks after its subscriptions, or null if it has none.</param>
internal sealed record EngineWebhooks(WebhookReceiver Receiver, SubscriptionLoop? Loop);
