namespace Dataverse.Sync.Execution;

/// <summary>Moves the coupling of a merged record to the survivor of the merge.</summary>
internal sealed class CouplingMove(RunSettings settings, LeavingPairs leaving, ReferenceResolver references)
{
    /// <summary>Adds the move to a commit.</summary>
    /// <param name="coupling">The coupling of the merged record.</param>
    /// <param name="side">The side on which the records were merged.</param>
    /// <param name="survivor">The survivor.</param>
    /// <param name="unit">The commit.</param>
    /// <returns>The new coupling.</returns>
    public Coupling Move(Coupling coupling, SyncSide side, TableRecord survivor, UnitOfWork unit)
    {
        var partner = new RecordKey(side.Opposite(), coupling.IdOf(side.Opposite()));
        var moved = Coupling.Between(side, survivor.Id, partner.Id).WithVersion(partner.Side, coupling.VersionOf(partner.Side))
            with
        {
            Base = MergedBase.Of(settings.Mapping, coupling.Base, side, survivor),
            SynchronizedOn = coupling.SynchronizedOn,
        };
        leaving.Forget(coupling);
        references.Forget();
        unit.Uncouple(coupling.LocalId);
        unit.Couple(moved);
        unit.Clear(coupling);
        MakeDue(new(side, survivor.Id), survivor, unit);
        return moved;
    }

    // The survivor may have been edited long ago, so no feed delivers it to the next run if this one ends here.
    private void MakeDue(RecordKey survivor, TableRecord record, UnitOfWork unit) => unit.Await(
        survivor,
        new(new(SyncErrorCodes.Transient, "The record took over the coupling of a record that was merged into it."), record.Version)
        {
            NextTryOn = settings.Now,
        });
}
