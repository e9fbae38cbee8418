namespace Dataverse.Sync;

internal static class SyncSideExtensions
{
    public static SyncSide Opposite(this SyncSide side) => side == SyncSide.Local ? SyncSide.Integration : SyncSide.Local;
}
