namespace Dataverse.Sync.Execution;

/// <summary>Remembers the ids that the feeds and key scans of a run list, where a later key scan needs them.</summary>
internal sealed class DeliveredKeys(RunSettings settings, SeenKeys seen)
{
    private readonly HashSet<SyncSide> begun = [];

    /// <summary>Remembers the records of a page of a feed.</summary>
    public void Take(SyncSide side, ChangePage page)
    {
        if (!IsNeeded(side))
        {
            return;
        }

        var ids = page.Records.Select(record => record.Id);
        if (page.Coverage != ChangeCoverage.Changes && begun.Add(side))
        {
            seen.Begin(settings.Mapping.Name, side, ids);
        }
        else
        {
            seen.Add(settings.Mapping.Name, side, ids);
        }
    }

    /// <summary>Remembers all ids of a side.</summary>
    public void Take(SyncSide side, IEnumerable<Guid> all)
    {
        if (IsNeeded(side))
        {
            seen.Begin(settings.Mapping.Name, side, all);
        }
    }

    /// <summary>Returns those of some ids that neither a feed nor a key scan has listed before.</summary>
    public List<Guid> FindUnseen(SyncSide side, IEnumerable<Guid> ids) =>
        settings.OnlyCoupledRecords || !IsNeeded(side) ? [] : seen.FindUnseen(settings.Mapping.Name, side, ids);

    // Only where runs of modified records create partners, and only where a scan takes place.
    private bool IsNeeded(SyncSide side)
    {
        var mapping = settings.Mapping;
        return !mapping.Mapping.SynchronizesOnlyCoupledRecords
            && mapping.Reads(side)
            && mapping.Writes(side.Opposite())
            && !mapping.Schema(side).ReportsDeletions;
    }
}
