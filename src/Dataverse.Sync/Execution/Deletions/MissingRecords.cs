namespace Dataverse.Sync.Execution;

/// <summary>Finds out which suspected deletions of a run concern pairs, and which of them are proved.</summary>
internal sealed class MissingRecords(
    MappingTables tables,
    MappingCouplings couplings,
    SuspectedDeletions suspects,
    HeldRecords held,
    DeletionScan scan,
    PreviewRecorder? preview)
{
    /// <summary>Finds the pairs whose record on a side is missing.</summary>
    public async Task<List<MissingRecord>> FindAsync(SyncSide side, CancellationToken cancellationToken)
    {
        var reported = await couplings.FindAllAsync(side, suspects.On(side, reported: true), cancellationToken)
            .ConfigureAwait(false);
        var outdated = await FindOutdatedAsync(side, reported, cancellationToken).ConfigureAwait(false);
        var missing = new List<MissingRecord>(reported.Count);
        foreach (var coupling in reported)
        {
            if (!outdated.Contains(coupling.IdOf(side)))
            {
                missing.Add(new(side, coupling));
            }
            else if (IsPartnerHeld(side, coupling))
            {
                missing.Add(new(side, coupling, PartnerErrors.NotAnswered));
            }
        }

        var unproved = await couplings.FindAllAsync(side, suspects.On(side, reported: false), cancellationToken)
            .ConfigureAwait(false);
        if (unproved.Count == 0)
        {
            return missing;
        }

        var ids = unproved.Select(coupling => coupling.IdOf(side));
        var absent = await scan.ProveAsync(side, ids, cancellationToken).ConfigureAwait(false);
        foreach (var coupling in unproved)
        {
            if (absent.Contains(coupling.IdOf(side)))
            {
                missing.Add(new(side, coupling));
            }
            else if (IsPartnerHeld(side, coupling))
            {
                missing.Add(new(side, coupling, PartnerErrors.NotAnswered));
            }
        }

        return missing;
    }

    // A record that was excluded from the run because its partner seemed to be missing has not been processed. It fails,
    // so that a later run processes it.
    private bool IsPartnerHeld(SyncSide side, Coupling coupling) =>
        held.Contains(new(side.Opposite(), coupling.IdOf(side.Opposite())));

    // A repeated insert, or a person, may have created the record again under its id after the deletion was reported.
    private async Task<HashSet<Guid>> FindOutdatedAsync(
        SyncSide side, List<Coupling> reported, CancellationToken cancellationToken)
    {
        var ids = reported.ConvertAll(coupling => coupling.IdOf(side));
        var present = await tables.ReadAllAsync(side, ids, cancellationToken).ConfigureAwait(false);
        return [.. ids.Where(id => present.ContainsKey(id) || preview?.HasCreated(id) == true)];
    }
}
