namespace Dataverse.Sync.Testing;

/// <summary>
/// The rows of an <see cref="InMemoryConnector"/> at one moment, from <see cref="InMemoryConnector.TakeBackup"/>.
/// Immutable.
/// </summary>
public sealed class InMemoryBackup
{
    internal InMemoryBackup(long sequence, IReadOnlyDictionary<string, RowStoreImage> tables) =>
        (Sequence, Tables) = (sequence, tables);

    internal long Sequence { get; }

    internal IReadOnlyDictionary<string, RowStoreImage> Tables { get; }
}
