namespace Dataverse.Sync.AspNetCore;

/// <summary>The webhooks of all engines of the process.</summary>
internal sealed class WebhookHost(IEnumerable<EngineWebhooks> engines) : IDisposable, IAsyncDisposable
{
    private readonly List<EngineWebhooks> engines = [.. engines];

    /// <summary>The engines, as the endpoints know them.</summary>
    public IReadOnlyList<WebhookReceiver> Receivers => engines.ConvertAll(engine => engine.Receiver);

    /// <summary>What looks after the subscriptions of those engines that have any.</summary>
    public IEnumerable<SubscriptionLoop> Loops => engines.Select(engine => engine.Loop).OfType<SubscriptionLoop>();

    /// <inheritdoc/>
    public void Dispose() => engines.ForEach(engine => engine.Receiver.Dispose());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var engine in engines)
        {
            await engine.Receiver.DisposeAsync().ConfigureAwait(false);
        }
    }
}
