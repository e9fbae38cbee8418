namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The effect of a committed transaction on one row. <paramref name="Before"/> is <see langword="null"/> for an insert,
/// <paramref name="After"/> for a deletion.
/// </summary>
internal sealed record PageRowChange(Guid Company, PageRow? Before, PageRow? After, DateTimeOffset Stamp)
{
    public PageRow Row => After ?? Before!;

    public PageSchema Schema => Row.Schema;
}
