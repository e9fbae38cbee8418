using System.Collections.Immutable;

namespace Dataverse.Sync;

internal static class Sides
{
    public static ImmutableArray<SyncSide> Both { get; } = [SyncSide.Local, SyncSide.Integration];
}
