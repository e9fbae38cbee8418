namespace Dataverse.Sync.BusinessCentral;

/// <summary>A webhook subscription as Business Central has it. Immutable.</summary>
/// <remarks>
/// The service forgets a subscription three days after it was created or renewed, and earlier if the receiver refuses a
/// notification or cannot be reached for about 36 hours.
/// </remarks>
public sealed record BusinessCentralSubscription
{
    internal BusinessCentralSubscription(
        string id, string? version, Uri notificationUrl, string resource, SubscribedSet set, DateTimeOffset expiresOn)
    {
        (Id, Version, NotificationUrl, WrittenResource) = (id, version, notificationUrl, resource);
        (Set, ExpiresOn) = (set, expiresOn);
    }

    /// <summary>The id that notifications bear.</summary>
    public string Id { get; }

    /// <summary>The entity tag, which changes with every renewal; null if the service told none.</summary>
    public string? Version { get; }

    /// <summary>Where the service sends notifications.</summary>
    public Uri NotificationUrl { get; }

    /// <summary>
    /// What is subscribed to, in one form for all ways to write it, such as
    /// <c>/api/v2.0/companies(00000000-0000-0000-0000-000000000001)/customers</c>.
    /// </summary>
    public string Resource => Set.Resource;

    /// <summary>When the service forgets the subscription unless it is renewed.</summary>
    public DateTimeOffset ExpiresOn { get; }

    /// <summary>The resource as whoever subscribed wrote it. The service accepts no other text for it.</summary>
    internal string WrittenResource { get; }

    internal SubscribedSet Set { get; }
}
