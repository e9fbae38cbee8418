namespace Dataverse.Sync.Testing.Emulation;

/// <summary>What a committed transaction did to one row. <paramref name="Before"/> is null for an insert, <paramref name="After"/> for a deletion.</summary>
internal sealed record RowChange(Guid Company, Row? Before, Row? After, DateTimeOffset Stamp)
{
    public Row Row => After ?? Before!;

    public PageSchema Schema => Row.Schema;
}
