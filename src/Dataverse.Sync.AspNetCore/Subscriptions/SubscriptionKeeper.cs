using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.AspNetCore;

/// <summary>
/// Keeps one subscription for each table of Business Central that a mapping reads: it finds, registers, renews, and ends
/// them.
/// </summary>
/// <remarks>
/// Every process at one address does the same. Each reads before it writes and writes under the version it has read, so
/// one that is late finds the work done. Not safe for concurrent use.
/// </remarks>
internal sealed class SubscriptionKeeper(
    SyncEngine engine,
    BusinessCentralSubscriptions service,
    WebhookSettings settings,
    KnownSubscriptions known,
    TimeProvider time,
    ILogger logger)
{
    private readonly Dictionary<string, KeptSubscription> kept = new(StringComparer.Ordinal);

    /// <summary>The tables of Business Central that a mapping in use reads and that one can subscribe to.</summary>
    /// <remarks>Sends no request.</remarks>
    public IReadOnlySet<string> Wanted() => engine.Mappings.All
        .Where(mapping => mapping.IsEnabled && mapping.Direction != SyncDirection.FromIntegrationTable)
        .Select(mapping => mapping.LocalTable)
        .Where(service.CanSubscribe)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>When the first of the subscriptions is to be renewed; null if there is none.</summary>
    public DateTimeOffset? RenewOn => kept.Values.Min(item => (DateTimeOffset?)item.RenewOn);

    /// <summary>Brings the subscriptions into line with the mappings.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>Whether everything succeeded. What failed is logged.</returns>
    /// <exception cref="ConnectorException">The subscriptions cannot be listed.</exception>
    public async Task<bool> KeepAsync(CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var table in Wanted())
        {
            _ = wanted.TryAdd(await service.GetResourceAsync(table, cancellationToken).ConfigureAwait(false), table);
        }

        var tables = wanted.Values.Concat(kept.Values.Select(item => item.Table)).ToHashSet(StringComparer.Ordinal);
        var listed = await service.ListAsync(tables, cancellationToken).ConfigureAwait(false);
        var own = listed.Where(item => item.NotificationUrl == settings.NotificationUrl)
            .ToLookup(item => item.Resource, StringComparer.OrdinalIgnoreCase);
        Forget(own);
        var succeeded = true;
        foreach (var (resource, table) in wanted)
        {
            succeeded &= await TryAsync(table, () => KeepAsync(table, own[resource], cancellationToken)).ConfigureAwait(false);
        }

        foreach (var item in kept.Values.Where(item => !wanted.ContainsKey(item.Subscription.Resource)).ToList())
        {
            succeeded &= await TryAsync(item.Table, () => EndAsync(item, cancellationToken)).ConfigureAwait(false);
        }

        return succeeded;
    }

    /// <summary>Ends the subscriptions that this process has registered or renewed. What fails is logged.</summary>
    public async Task EndAllAsync(CancellationToken cancellationToken)
    {
        foreach (var item in kept.Values.ToList())
        {
            _ = await TryAsync(item.Table, () => EndAsync(item, cancellationToken)).ConfigureAwait(false);
        }
    }

    // What the service has dropped, or a person has removed.
    private void Forget(ILookup<string, BusinessCentralSubscription> own)
    {
        foreach (var item in kept.Values.Where(
            item => !own[item.Subscription.Resource].Any(found => found.Id == item.Subscription.Id)).ToList())
        {
            logger.SubscriptionDropped(item.Table);
            _ = kept.Remove(item.Subscription.Id);
            known.Remove(item.Subscription.Id);
        }
    }

    private async Task<bool> TryAsync(string table, Func<Task<bool>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (ConnectorException failure)
        {
            logger.SubscriptionFailed(table, FailureReason.Of(failure));
            return false;
        }
    }

    private async Task<bool> KeepAsync(
        string table, IEnumerable<BusinessCentralSubscription> own, CancellationToken cancellationToken)
    {
        // The same one for all processes, or each might end the one that another keeps.
        var (first, others) = own.OrderBy(item => item.Id, StringComparer.Ordinal).ToList() switch
        {
            [var single, .. var rest] => (single, rest),
            _ => (null, []),
        };
        if (first is null)
        {
            var created = await service.CreateAsync(
                table, settings.NotificationUrl!, settings.ClientState!.Value, cancellationToken).ConfigureAwait(false);
            logger.Subscribed(table, created.ExpiresOn);
            Remember(table, created);
            return true;
        }

        var isKept = await RenewAsync(table, first, cancellationToken).ConfigureAwait(false);
        foreach (var other in others)
        {
            await EndAsync(table, other, cancellationToken).ConfigureAwait(false);
        }

        return isKept;
    }

    private async Task<bool> RenewAsync(
        string table, BusinessCentralSubscription found, CancellationToken cancellationToken)
    {
        if (kept.TryGetValue(found.Id, out var before))
        {
            if (before.Subscription.ExpiresOn != found.ExpiresOn)
            {
                // Another process has renewed it.
                Remember(table, found);
            }

            if (time.GetUtcNow() < kept[found.Id].RenewOn)
            {
                return true;
            }
        }

        // One that this process has not seen may bear the secret of another.
        var renewed = await service.RenewAsync(found, settings.ClientState!.Value, cancellationToken).ConfigureAwait(false);
        if (renewed is null)
        {
            logger.SubscriptionOvertaken(table);
            return false;
        }

        logger.SubscriptionRenewed(table, renewed.ExpiresOn);
        Remember(table, renewed);
        return true;
    }

    private async Task<bool> EndAsync(KeptSubscription item, CancellationToken cancellationToken)
    {
        await EndAsync(item.Table, item.Subscription, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task EndAsync(
        string table, BusinessCentralSubscription subscription, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(subscription, cancellationToken).ConfigureAwait(false);
        logger.SubscriptionEnded(table);
        _ = kept.Remove(subscription.Id);
        known.Remove(subscription.Id);
    }

    private void Remember(string table, BusinessCentralSubscription subscription)
    {
        kept[subscription.Id] = new(table, subscription, RenewalOf(subscription));
        known.Add(subscription.Id, subscription.Resource);
    }

    private DateTimeOffset RenewalOf(BusinessCentralSubscription subscription)
    {
        var now = time.GetUtcNow();
        var lifetime = subscription.ExpiresOn - now;
        if (lifetime <= TimeSpan.Zero)
        {
            // By a clock that is far ahead, or a service that tells no expiry. What is known is that it exists.
            return now + settings.CheckInterval;
        }

        // On premises, subscriptions may last for less than the margin.
        var longest = 0.75 * lifetime;
        return subscription.ExpiresOn - (settings.RenewBefore < longest ? settings.RenewBefore : longest);
    }
}
