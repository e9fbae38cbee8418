namespace Dataverse.Sync.Execution;

/// <summary>Reads records by id and processes them even if they are unchanged.</summary>
internal sealed class NamedRecordReader(
    RunSettings settings, MappingTables tables, RecordSteps steps, SuspectedDeletions suspects, JobRecorder job)
{
    private const int DefaultPageSize = 1000;

    /// <summary>Synchronizes records by id.</summary>
    /// <param name="side">The side of the records.</param>
    /// <param name="ids">The ids of the records.</param>
    /// <param name="mayBeGone">Whether a missing coupled record is suspected to be deleted.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>What was found out about the records.</returns>
    public async Task<NamedRecordsFound> ProcessAsync(
        SyncSide side, IReadOnlyCollection<Guid> ids, bool mayBeGone, CancellationToken cancellationToken)
    {
        var found = new NamedRecordsFound([], []);
        foreach (var chunk in ids.Distinct().Chunk(settings.Options.PageSize ?? DefaultPageSize))
        {
            var records = await tables.ReadAsync(side, chunk, cancellationToken).ConfigureAwait(false);
            job.CountRead(records.Count);
            found.Present.UnionWith(records.Keys);
            foreach (var record in records.Values.Where(record => settings.Mapping.Excludes(side, record)))
            {
                found.Excluded[record.Id] = record;
            }

            await steps.ProcessAsync(side, [.. records.Values], areNamed: true, cancellationToken)
                .ConfigureAwait(false);
            foreach (var id in mayBeGone ? chunk.Except(records.Keys) : [])
            {
                suspects.Add(side, id, isReported: false);
            }
        }

        return found;
    }
}
