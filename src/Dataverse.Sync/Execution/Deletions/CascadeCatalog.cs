using System.Collections.Concurrent;

namespace Dataverse.Sync.Execution;

/// <summary>
/// The relationships by which the systems delete records as a consequence. They are read when a mapping is about to delete
/// from a table for the first time, and kept as long as the engine.
/// </summary>
internal sealed class CascadeCatalog
{
    private readonly ConcurrentDictionary<(SyncSide Side, string Table), IReadOnlyList<DeletionCascade>> known = new();

    public async ValueTask<IReadOnlyList<DeletionCascade>> ReadAsync(
        SyncSide side, ITableConnector system, string table, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue((side, table), out var cascades))
        {
            cascades = await system.GetCascadesAsync(table, cancellationToken).ConfigureAwait(false);
            known[(side, table)] = cascades;
        }

        return cascades;
    }
}
