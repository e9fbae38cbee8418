namespace Dataverse.Sync.AspNetCore;

/// <summary>The settings of webhooks as they were when the host started.</summary>
internal sealed class WebhookSettings
{
    /// <summary>Initializes a new instance of the <see cref="WebhookSettings"/> class.</summary>
    /// <param name="options">Valid options.</param>
    public WebhookSettings(WebhookOptions options)
    {
        var (central, dataverse) = (options.BusinessCentral, options.Dataverse);
        NotificationUrl = central.NotificationUrl;
        ClientState = central.ClientState is { } state ? new Secret(state)
            : NotificationUrl is null ? null
            : Secret.Generate();
        (RenewBefore, CheckInterval, DeleteOnStop) = (central.RenewBefore, central.CheckInterval, central.DeleteOnStop);
        Key = dataverse.Key is { } key ? new Secret(key) : null;
        (HeaderName, QueryParameter) = (dataverse.HeaderName, dataverse.QueryParameter);
        OrganizationId = dataverse.OrganizationId;
        RefusedRequestsPerMinute = options.RefusedRequestsPerMinute;
    }

    public Uri? NotificationUrl { get; }

    /// <summary>The secret of notifications from Business Central; null if none are expected.</summary>
    public Secret? ClientState { get; }

    public TimeSpan RenewBefore { get; }

    public TimeSpan CheckInterval { get; }

    public bool DeleteOnStop { get; }

    /// <summary>The secret of posts from Dataverse; null if none are expected.</summary>
    public Secret? Key { get; }

    public string? HeaderName { get; }

    public string? QueryParameter { get; }

    public Guid? OrganizationId { get; }

    public int RefusedRequestsPerMinute { get; }
}
