using Dataverse.Sync;

namespace QuickStart;

/// <summary>What somebody changed in one of the two services.</summary>
internal sealed record FieldEdit(Pair Pair, SyncSide Side, FieldPair Field, string Before, string After)
{
    /// <summary>Whether both services hold the new value now.</summary>
    public bool HasArrived => Pair.Read(SyncSide.Local, Field) == After && Pair.Read(SyncSide.Integration, Field) == After;
}
