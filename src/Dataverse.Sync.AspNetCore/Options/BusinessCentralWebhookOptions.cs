namespace Dataverse.Sync.AspNetCore;

/// <summary>The settings of notifications from Business Central. Not safe for concurrent use.</summary>
public sealed class BusinessCentralWebhookOptions
{
    /// <summary>
    /// The public address of the endpoint, such as <c>https://sync.contoso.com/hooks/business-central</c>. Null, the
    /// default, registers no subscriptions.
    /// </summary>
    /// <remarks>
    /// Business Central must reach it by https; plain http is for this machine only. Every engine of a process needs an
    /// address of its own, for which a query is enough: <c>…/business-central?engine=cronus</c>. Processes that share a
    /// store behind one load balancer have the same address.
    /// </remarks>
    public Uri? NotificationUrl { get; set; }

    /// <summary>
    /// The secret that every notification bears: 22 to 2,048 printable characters of ASCII, such as 16 random bytes in
    /// base64. Null, the default, generates one of 256 bits when the process starts.
    /// </summary>
    /// <remarks>
    /// Configure the secret if several processes receive the notifications. With a generated one, a notification that is
    /// under way during a restart is refused, upon which Business Central drops the subscription; it is registered again
    /// within <see cref="CheckInterval"/>.
    /// </remarks>
    public string? ClientState { get; set; }

    /// <summary>
    /// The time before its expiry at which a subscription is renewed. The default is two days, so that subscriptions of
    /// three days are renewed daily; three quarters of the lifetime, if that is less.
    /// </summary>
    public TimeSpan RenewBefore { get; set; } = TimeSpan.FromDays(2);

    /// <summary>
    /// How often the subscriptions are listed, to register those again that Business Central has dropped. The default
    /// is one hour. It is also the longest pause after a failure.
    /// </summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether the subscriptions end when the host stops. The default is false: they are found again after a restart.
    /// </summary>
    /// <remarks>Leave it false if other processes receive notifications at the same address.</remarks>
    public bool DeleteOnStop { get; set; }
}
