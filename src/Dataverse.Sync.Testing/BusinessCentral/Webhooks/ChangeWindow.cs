namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The changes of one subscription's set while they are being collected: repeated updates of a record are one.
/// </summary>
internal sealed class ChangeWindow(int collectionThreshold)
{
    private readonly List<(Guid Id, string Type, DateTimeOffset At)> changes = [];
    private readonly HashSet<Guid> updated = [];

    public void Add(PageRowChange change, DateTimeOffset now)
    {
        var type = change.Before is null ? "created" : change.After is null ? "deleted" : "updated";
        if (type != "updated" || updated.Add(change.Row.Id))
        {
            changes.Add((change.Row.Id, type, now));
        }
    }

    /// <summary>The entries to send: one for each change or, beyond the threshold, one for the set.</summary>
    public IEnumerable<Notification> Entries(Subscription subscription)
    {
        if (changes.Count <= collectionThreshold)
        {
            return changes.Select(
                change => new Notification(
                    subscription, $"{subscription.SetUrl}({change.Id:D})", change.Type, change.At));
        }

        return [new Notification(subscription, CollectionUrl(subscription), "collection", changes[^1].At)];
    }

    // A filter on the stamp would not find deletions, and 50 ms allow for the rounding of stamps.
    private string CollectionUrl(Subscription subscription)
    {
        const string Stamp = "lastModifiedDateTime";
        var isFiltered = changes.TrueForAll(change => change.Type != "deleted")
            && subscription.Page.TryField(Stamp, out _);
        return isFiltered
            ? $"{subscription.SetUrl}?$filter={Stamp} gt {FieldValues.Format(changes[0].At - TimeSpan.FromMilliseconds(50))}"
            : subscription.SetUrl;
    }
}
