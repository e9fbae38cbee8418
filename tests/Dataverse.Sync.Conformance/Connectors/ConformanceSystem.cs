namespace Dataverse.Sync.Conformance;

/// <summary>A system with one empty table, and the connector that is tested on it. A connector's tests derive one.</summary>
/// <remarks>
/// The edits below are those of another user: made at the system itself (an emulator's state, a database), never through the
/// connector. They follow the system's own rules, so a version and a stamp move with each. Let the system answer in pages of at most
/// 500 rows: the facts read 1,200.
/// </remarks>
public abstract class ConformanceSystem : IAsyncDisposable
{
    /// <summary>The connector under test, always the same.</summary>
    public abstract ITableConnector Connector { get; }

    /// <summary>The table, empty at the start, and what its fields are good for.</summary>
    public abstract ConformanceTable Table { get; }

    /// <summary>What the system does one way or the other.</summary>
    public abstract ConformanceTraits Traits { get; }

    /// <summary>Inserts rows and tells the id of each, in their order. The values are valid and each row has a business key.</summary>
    public abstract Task<IReadOnlyList<Guid>> InsertAsync(IReadOnlyList<IReadOnlyList<FieldWrite>> rows);

    /// <summary>Changes fields of an existing row.</summary>
    public abstract Task UpdateAsync(Guid id, IReadOnlyList<FieldWrite> fields);

    /// <summary>Deletes an existing row.</summary>
    public abstract Task DeleteAsync(Guid id);

    /// <summary>
    /// Makes the system refuse every checkpoint given out so far. Called only where <see cref="ConformanceTraits.CheckpointsExpire"/>.
    /// </summary>
    public abstract Task ExpireCheckpointsAsync();

    /// <summary>Lets the next write that arrives be carried out and its answer be lost: the connection breaks, or what counts as that.</summary>
    public abstract void LoseNextAnswer();

    /// <summary>Another connector to the same system, as a process that starts later makes it.</summary>
    public virtual ITableConnector Reconnect() => Connector;

    /// <summary>Moves the system's clock. Where it cannot be moved, do nothing: no fact needs it to stand still or to run.</summary>
    public virtual void PassTime(TimeSpan time)
    {
    }

    /// <summary>Changes a row as a server does whose clock is ahead.</summary>
    /// <returns>Whether the system can be made to; by default it cannot.</returns>
    public virtual Task<bool> StampAheadAsync(Guid id, TimeSpan ahead) => Task.FromResult(false);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
