namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds the records that a page of a full run created and that contain more than was sent, such as the number that
/// their system assigned.
/// </summary>
internal sealed class CreatedRecords(RunSettings settings)
{
    private readonly CouplingFactory couplings = new(settings);

    /// <summary>
    /// Returns the created records of a side that differ from their base, as if the feed of the side had delivered them,
    /// each with the record from which it was created. Any other run leaves them to the next feed.
    /// </summary>
    public List<(Candidate Created, TableRecord Source)> FindOn(SyncSide side, IReadOnlyList<WrittenPair> page)
    {
        var found = new List<(Candidate Created, TableRecord Source)>();
        foreach (var written in settings.IsFull && settings.Mapping.Reads(side) ? page : [])
        {
            if (written.Plan.Outcome == PlanOutcome.Inserted
                && written.Pair.Source != side
                && written.Results[side] is { Status: WriteStatus.Applied, Record: { } record }
                && IsComplete(side, record)
                && couplings.Create(written) is { Base: { } stored } coupling
                && settings.Mapping.Differs(side, record, stored))
            {
                found.Add((new(side, record, coupling), written.Pair.SourceRecord));
            }
        }

        return found;
    }

    // A response may contain the written fields alone. The next feed delivers such a record.
    private bool IsComplete(SyncSide side, TableRecord record) =>
        settings.Mapping.ReadFields(side).All(field => record.Layout.IndexOf(field) >= 0);
}
