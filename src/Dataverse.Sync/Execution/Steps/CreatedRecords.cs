namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds the records that a page of a full run created and that contain more than was sent, such as the number that
/// their system assigned.
/// </summary>
internal sealed class CreatedRecords(RunSettings settings)
{
    /// <summary>
    /// Returns the created records of a side that differ from their base, as if the feed of the side had delivered them,
    /// each with the record from which it was created. Any other run leaves them to the next feed.
    /// </summary>
    /// <param name="side">The side.</param>
    /// <param name="page">The pairs of a page.</param>
    /// <param name="stored">The coupling that was stored for each pair, or null.</param>
    public List<(Candidate Created, TableRecord Source)> FindOn(
        SyncSide side, IReadOnlyList<WrittenPair> page, IReadOnlyList<Coupling?> stored)
    {
        var found = new List<(Candidate Created, TableRecord Source)>();
        if (!settings.IsFull || !settings.Mapping.Reads(side))
        {
            return found;
        }

        for (var index = 0; index < page.Count; index++)
        {
            var written = page[index];
            if (stored[index] is { Base: not null } coupling
                && coupling.VersionOf(side) == Fingerprint.ReadAgain
                && written.Plan.Outcome == PlanOutcome.Inserted
                && written.Pair.Source != side
                && written.Results[side] is { Status: WriteStatus.Applied, Record: { } record }
                && IsComplete(side, record))
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
