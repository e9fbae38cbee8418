namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Keeps earlier states as long as a replica that lags behind may show them. Its owner calls it under the lock of its
/// commits.
/// </summary>
/// <param name="lag">How far the replica lags behind; null for a replica that does not.</param>
/// <param name="time">The clock.</param>
internal sealed class StateHistory<T>(TimeSpan? lag, TimeProvider time)
{
    private readonly LinkedList<(DateTimeOffset CommittedAt, T State)> states = new();

    /// <summary>Takes note of a commit.</summary>
    /// <param name="before">The state until now.</param>
    /// <param name="after">The state from now on.</param>
    public void Keep(T before, T after)
    {
        if (lag is null)
        {
            return;
        }

        if (states.Count == 0)
        {
            _ = states.AddLast((DateTimeOffset.MinValue, before));
        }

        _ = states.AddLast((time.GetUtcNow(), after));
        Forget();
    }

    /// <summary>Forgets everything: the replica shows the current state.</summary>
    public void Clear() => states.Clear();

    /// <summary>Returns the state that the replica shows.</summary>
    /// <param name="current">The current state, for a replica that does not lag.</param>
    public T Shown(T current)
    {
        Forget();
        return states.First is { } first ? first.Value.State : current;
    }

    private void Forget()
    {
        var shown = time.GetUtcNow() - (lag ?? TimeSpan.Zero);
        while (states.First?.Next is { } next && next.Value.CommittedAt <= shown)
        {
            states.RemoveFirst();
        }
    }
}
