using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>Holds the reading of changes of chosen tables until a test lets it go on.</summary>
/// <remarks>
/// Everything else answers at once, and what goes on does so within <see cref="Open"/>. So a test knows, without waiting, what has
/// happened.
/// </remarks>
internal sealed class TableGate(params IReadOnlyList<string> tables)
{
    private readonly Dictionary<string, TaskCompletionSource> held = [];

    /// <summary>The tables whose reading is held now.</summary>
    public IEnumerable<string> Held => held.Keys;

    /// <summary>The hook for <see cref="InMemoryFaults.BeforeCall"/>. It ignores the token, as a request under way may.</summary>
    public ValueTask HoldAsync(InMemoryCall call, CancellationToken cancellationToken)
    {
        if (call is not { Operation: InMemoryOperation.ReadChanges, Page: 1 } || !tables.Contains(call.Table))
        {
            return ValueTask.CompletedTask;
        }

        held.Add(call.Table, new());
        return new(held[call.Table].Task);
    }

    /// <summary>Lets the reading of a table go on.</summary>
    /// <param name="table">The table.</param>
    /// <param name="failure">What the read ends with, or null if it succeeds.</param>
    public void Open(string table, Exception? failure = null)
    {
        _ = held.Remove(table, out var reading);

        // With the context of a test, the run would go on later on another thread.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            if (failure is null)
            {
                reading!.SetResult();
            }
            else
            {
                reading!.SetException(failure);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
