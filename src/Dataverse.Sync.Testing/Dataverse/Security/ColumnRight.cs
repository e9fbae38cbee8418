namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The rights of a user on a secured column.</summary>
internal sealed record ColumnRight(bool CanRead, bool CanCreate, bool CanUpdate)
{
    public static ColumnRight None { get; } = new(false, false, false);
}
