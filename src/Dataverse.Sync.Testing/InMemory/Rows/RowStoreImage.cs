namespace Dataverse.Sync.Testing;

/// <summary>What a <see cref="RowStore"/> held at one moment, in the order of its changes.</summary>
internal sealed record RowStoreImage(
    IReadOnlyList<(TableRecord Record, long Sequence)> Rows, IReadOnlyList<(long Sequence, Guid Id)> Deleted);
