namespace Dataverse.Sync;

internal static class SyncSideExtensions
{
    public static SyncSide Opposite(this SyncSide side) =>
        side == SyncSide.Local ? SyncSide.Integration : SyncSide.Local;

    /// <summary>The side's name in messages.</summary>
    public static string Word(this SyncSide side) => side == SyncSide.Local ? "local" : "integration";
}
