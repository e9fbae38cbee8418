using System.Collections.Concurrent;

namespace Dataverse.Sync.AspNetCore;

/// <summary>The resources of the subscriptions of an engine, by the ids that notifications bear. Safe for concurrent use.</summary>
internal sealed class KnownSubscriptions
{
    private readonly ConcurrentDictionary<string, string> resources = new(StringComparer.Ordinal);

    /// <summary>The resource of a subscription; null if it is not known, such as one of another process.</summary>
    public string? ResourceOf(string? id) => id is null ? null : resources.GetValueOrDefault(id);

    public void Add(string id, string resource) => resources[id] = resource;

    public void Remove(string id) => _ = resources.TryRemove(id, out _);
}
