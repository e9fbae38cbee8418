using Dataverse.Sync;

namespace QuickStart;

/// <summary>An edit by a person in one of the two services.</summary>
internal sealed record FieldEdit(Pair Pair, SyncSide Side, FieldPair Field, string Before, string After)
{
    /// <summary>Whether both services now contain the new value.</summary>
    public bool HasArrived => Pair.Read(SyncSide.Local, Field) == After && Pair.Read(SyncSide.Integration, Field) == After;
}
