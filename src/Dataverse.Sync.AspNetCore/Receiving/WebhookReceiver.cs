using Dataverse.Sync.BusinessCentral;

namespace Dataverse.Sync.AspNetCore;

/// <summary>One engine as the receiver of webhooks: whom it trusts, and which entries wake.</summary>
internal sealed class WebhookReceiver : IDisposable, IAsyncDisposable
{
    private readonly SyncEngine engine;
    private readonly BusinessCentralSubscriptions? subscriptions;
    private readonly WakeUps wakeUps;

    public WebhookReceiver(
        SyncEngine engine, WebhookSettings settings, BusinessCentralSubscriptions? subscriptions, WakeUps wakeUps) =>
        (this.engine, Settings, this.subscriptions, this.wakeUps) = (engine, settings, subscriptions, wakeUps);

    public WebhookSettings Settings { get; }

    /// <summary>The subscriptions of this process, which the endpoint recognizes by their ids.</summary>
    public KnownSubscriptions Known { get; } = new();

    /// <summary>Wakes the mappings of the tables that genuine entries are about.</summary>
    /// <param name="entries">Entries that bear the secret of the engine.</param>
    public void WakeLocal(IEnumerable<NotificationEntry> entries)
    {
        var texts = entries.Select(entry => Known.ResourceOf(entry.SubscriptionId) ?? entry.Resource).OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var table in LocalTables().Where(table => texts.Any(text => subscriptions?.IsAbout(table, text) == true)))
        {
            Wake(mapping => mapping.LocalTable == table);
        }
    }

    /// <summary>Wakes all mappings: more has changed than could be read.</summary>
    public void WakeAll() => Wake(_ => true);

    /// <summary>Wakes the mappings of a table of the organization.</summary>
    public void WakeIntegration(string table) =>
        Wake(mapping => string.Equals(mapping.IntegrationTable, table, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public void Dispose() => wakeUps.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => wakeUps.DisposeAsync();

    private IEnumerable<string> LocalTables() =>
        engine.Mappings.All.Select(mapping => mapping.LocalTable).Distinct(StringComparer.Ordinal);

    private void Wake(Func<IIntegrationTableMapping, bool> isMeant)
    {
        foreach (var mapping in engine.Mappings.All.Where(mapping => mapping.IsEnabled && isMeant(mapping)))
        {
            wakeUps.Ask(mapping.Name);
        }
    }
}
