namespace Dataverse.Sync;

internal static class Sides
{
    public static IReadOnlyList<SyncSide> Both { get; } = [SyncSide.Local, SyncSide.Integration];
}
