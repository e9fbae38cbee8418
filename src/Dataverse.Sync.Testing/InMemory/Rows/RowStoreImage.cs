namespace Dataverse.Sync.Testing;

/// <summary>The content of a <see cref="RowStore"/> at one moment, in the order of its changes.</summary>
internal sealed record RowStoreImage(
    IReadOnlyList<(TableRecord Record, long Sequence)> Rows, IReadOnlyList<(long Sequence, Guid Id)> Deleted);
