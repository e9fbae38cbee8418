namespace Dataverse.Sync.AspNetCore;

/// <summary>The settings of the webhooks of an engine. Not safe for concurrent use.</summary>
/// <remarks>They are read when the host starts; later changes have no effect.</remarks>
public sealed class WebhookOptions
{
    /// <summary>Notifications of Business Central, whose subscriptions are registered and renewed automatically.</summary>
    public BusinessCentralWebhookOptions BusinessCentral { get; } = new();

    /// <summary>Posts of webhooks that are registered in Dataverse.</summary>
    public DataverseWebhookOptions Dataverse { get; } = new();

    /// <summary>
    /// The greatest number of requests without a valid secret that one address may send in a minute before they are
    /// answered with 429 in place of 401. The default is 30.
    /// </summary>
    /// <remarks>
    /// Of a request beyond the number, only the beginning is read. Requests with a valid secret are never refused for
    /// it. Of several engines in a process, the smallest number counts for all.
    /// </remarks>
    public int RefusedRequestsPerMinute { get; set; } = 30;
}
