namespace Dataverse.Sync.Execution;

/// <summary>
/// Asks once more for each record that counts as deleted, as a single record: a system that hides a record from its lists
/// tells then that it exists. Then checks that the records to delete can still not contain more than was read of them.
/// </summary>
internal sealed class DeletionProof(MappingTables tables, SuspectedDeletions suspects, ReleasedFields released)
{
    /// <summary>Replaces the decisions about records that are not gone.</summary>
    public async Task<IReadOnlyList<DeletionDecision>> ConfirmAsync(
        IReadOnlyList<DeletionDecision> decisions, CancellationToken cancellationToken)
    {
        var presence = new Dictionary<RecordKey, RecordPresence>();
        foreach (var group in decisions.SelectMany(Unproved).Distinct().GroupBy(record => record.Side))
        {
            var ids = group.Select(record => record.Id).ToList();
            var answers = await tables.ProbeAsync(group.Key, ids, cancellationToken).ConfigureAwait(false);
            foreach (var id in ids)
            {
                presence[new(group.Key, id)] = answers[id];
            }
        }

        var confirmed = decisions.Select(decision => Confirm(decision, presence)).ToList();
        return await released.KeepAsync(confirmed, cancellationToken).ConfigureAwait(false);
    }

    // A system that reports deletions reports those of records only that the caller could see.
    private IEnumerable<RecordKey> Unproved(DeletionDecision decision)
    {
        var isLeftAlone = decision.Action is DeletionAction.Wait or DeletionAction.WaitForFilter
            || decision.Error?.Code == SyncErrorCodes.Transient;
        return isLeftAlone ? [] : Absent(decision).Where(record => !suspects.IsReported(record.Side, record.Id));
    }

    private static IEnumerable<RecordKey> Absent(DeletionDecision decision)
    {
        yield return decision.Missing.Key;
        if (decision.Survivor is null)
        {
            yield return decision.Missing.SurvivorKey;
        }
    }

    private static DeletionDecision Confirm(
        DeletionDecision decision, Dictionary<RecordKey, RecordPresence> presence)
    {
        foreach (var record in Absent(decision))
        {
            var error = presence.GetValueOrDefault(record) switch
            {
                RecordPresence.Hidden => PartnerErrors.Hidden(record.Side),
                RecordPresence.Exists => PartnerErrors.NotAnswered,
                _ => null,
            };
            if (error is not null)
            {
                return decision with { Action = DeletionAction.Report, Error = error };
            }
        }

        return decision;
    }
}
