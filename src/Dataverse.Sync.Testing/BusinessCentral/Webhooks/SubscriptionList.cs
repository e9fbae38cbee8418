namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The subscriptions that have not expired. Thread-safe.</summary>
internal sealed class SubscriptionList(TimeProvider time)
{
    /// <summary>Per environment, as in the cloud.</summary>
    public const int Limit = 200;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Subscription> subscriptions = new(StringComparer.Ordinal);

    public IReadOnlyList<Subscription> All
    {
        get
        {
            lock (gate)
            {
                Expire();
                return [.. subscriptions.Values.OrderBy(subscription => subscription.Id, StringComparer.Ordinal)];
            }
        }
    }

    public Subscription? Find(string id) => All.FirstOrDefault(subscription => subscription.Id == id);

    /// <returns>False when there are as many as there may be.</returns>
    public bool TryAdd(Subscription subscription)
    {
        lock (gate)
        {
            Expire();
            return subscriptions.Count < Limit && subscriptions.TryAdd(subscription.Id, subscription);
        }
    }

    public void Replace(Subscription subscription)
    {
        lock (gate)
        {
            subscriptions[subscription.Id] = subscription;
        }
    }

    public bool Remove(string id)
    {
        lock (gate)
        {
            return subscriptions.Remove(id);
        }
    }

    private void Expire()
    {
        var now = time.GetUtcNow();
        foreach (var expired in subscriptions.Values.Where(subscription => subscription.ExpiresAt <= now).ToArray())
        {
            _ = subscriptions.Remove(expired.Id);
        }
    }
}
