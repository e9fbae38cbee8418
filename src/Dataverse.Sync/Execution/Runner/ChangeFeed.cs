using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Execution;

/// <summary>
/// The changes of one side, page by page. The next page is read while the caller processes the current one.
/// </summary>
internal sealed class ChangeFeed(MappingTables tables, SyncSide side, Checkpoint? since)
{
    private Checkpoint? reached;

    /// <summary>
    /// The checkpoint from which the next feed starts. It advances when the feed has been read to its end.
    /// </summary>
    public Checkpoint? Checkpoint => reached ?? since;

    /// <summary>
    /// The ids of the whole table if the feed listed it, so that missing records can be found; otherwise null.
    /// </summary>
    public IdSet? SeenIds { get; private set; }

    public async IAsyncEnumerable<ChangePage> ReadAsync(
        bool remembersIds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var changes = tables.ReadChangesAsync(side, since, fields: null, isFiltered: true, stop.Token);
        var pages = changes.GetAsyncEnumerator(stop.Token);
        var next = pages.MoveNextAsync().AsTask();
        try
        {
            while (await next.ConfigureAwait(false))
            {
                var page = pages.Current;
                Remember(page, remembersIds);
                next = pages.MoveNextAsync().AsTask();
                yield return page;
            }
        }
        finally
        {
            await StopAsync(pages, next, stop).ConfigureAwait(false);
        }
    }

    private void Remember(ChangePage page, bool remembersIds)
    {
        reached = page.Checkpoint ?? reached;
        if (!remembersIds || page.Coverage != ChangeCoverage.WholeTable)
        {
            return;
        }

        SeenIds ??= new();
        foreach (var record in page.Records)
        {
            _ = SeenIds.Add(record.Id);
        }
    }

    // An enumerator must not be disposed during a read, so the read ahead is cancelled and awaited first.
    private static async ValueTask StopAsync(
        IAsyncEnumerator<ChangePage> pages, Task<bool> next, CancellationTokenSource stop)
    {
        if (!next.IsCompleted)
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }

        await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await pages.DisposeAsync().ConfigureAwait(false);
    }
}
