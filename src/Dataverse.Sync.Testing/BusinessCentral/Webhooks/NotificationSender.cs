namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Collects committed changes for the merge window, then posts them: one request for each URL. A busy receiver is
/// tried again after growing delays; a receiver that refuses, or stays busy, loses its subscriptions.
/// </summary>
internal sealed class NotificationSender(
    SubscriptionList subscriptions, ReceiverClient receivers, BusinessCentralEmulatorOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan[] RetryDelays =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(100), TimeSpan.FromMinutes(1000)];

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> sendings = [];
    private Dictionary<string, ChangeWindow>? open;

    /// <summary>Registers committed changes. The first one opens the window.</summary>
    public void Register(IReadOnlyList<PageRowChange> changes)
    {
        var all = subscriptions.All;
        if (all.Count == 0)
        {
            return;
        }

        var now = options.TimeProvider.GetUtcNow();
        lock (gate)
        {
            foreach (var change in changes)
            {
                foreach (var subscription in all.Where(
                    item => item.Company == change.Company && item.Page.Name == change.Schema.Name))
                {
                    Window(subscription.Id).Add(change, now);
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        Task[] unfinished;
        lock (gate)
        {
            unfinished = [.. sendings];
        }

        await Task.WhenAll(unfinished).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private ChangeWindow Window(string subscription)
    {
        if (open is null)
        {
            open = new Dictionary<string, ChangeWindow>(StringComparer.Ordinal);
            _ = sendings.RemoveAll(task => task.IsCompleted);
            sendings.Add(SendLaterAsync(open, stopping.Token));
        }

        if (!open.TryGetValue(subscription, out var window))
        {
            open[subscription] = window = new ChangeWindow(options.NotificationCollectionThreshold);
        }

        return window;
    }

    private async Task SendLaterAsync(Dictionary<string, ChangeWindow> windows, CancellationToken cancellationToken)
    {
        await Task.Delay(options.NotificationWindow, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            open = null;
        }

        var entries = windows.SelectMany(
            pair => subscriptions.Find(pair.Key) is { } subscription ? pair.Value.Entries(subscription) : []);
        await Task.WhenAll(entries.GroupBy(entry => entry.Subscription.NotificationUrl)
            .Select(group => SendAsync(group.Key, [.. group], cancellationToken))).ConfigureAwait(false);
    }

    private async Task SendAsync(Uri url, Notification[] entries, CancellationToken cancellationToken)
    {
        if (await TryPostAsync(url, Body(entries), cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        foreach (var id in entries.Select(entry => entry.Subscription.Id).Distinct(StringComparer.Ordinal))
        {
            _ = subscriptions.Remove(id);
        }
    }

    private async Task<bool> TryPostAsync(Uri url, byte[] body, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var status = await receivers.NotifyAsync(url, body, cancellationToken).ConfigureAwait(false);
            if (status is >= 200 and < 300)
            {
                return true;
            }

            if (!IsBusy(status) || attempt == RetryDelays.Length)
            {
                return false;
            }

            await Task.Delay(RetryDelays[attempt], options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsBusy(int status) => status is 0 or 408 or 429 or >= 500;

    private static byte[] Body(Notification[] entries) => RowJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("value");
        foreach (var entry in entries)
        {
            entry.Write(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
