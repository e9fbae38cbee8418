namespace Dataverse.Sync.Execution;

/// <summary>Reads records by id and sends them through the steps, whatever is known of them.</summary>
internal sealed class NamedRecordReader(
    RunSettings settings, MappingTables tables, RecordSteps steps, SuspectedDeletions suspects, JobRecorder job)
{
    private const int DefaultPageSize = 1000;

    /// <summary>Synchronizes records by id.</summary>
    /// <param name="side">Their side.</param>
    /// <param name="ids">Their ids.</param>
    /// <param name="mayBeGone">Whether a coupled record that is missing is suspected to be deleted.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The ids of the records that exist.</returns>
    public async Task<HashSet<Guid>> ProcessAsync(
        SyncSide side, IReadOnlyCollection<Guid> ids, bool mayBeGone, CancellationToken cancellationToken)
    {
        var present = new HashSet<Guid>();
        foreach (var chunk in ids.Distinct().Chunk(settings.Options.PageSize ?? DefaultPageSize))
        {
            var records = await tables.ReadAsync(side, chunk, cancellationToken).ConfigureAwait(false);
            job.CountRead(records.Count);
            present.UnionWith(records.Keys);
            await steps.ProcessAsync(side, [.. records.Values], areNamed: true, cancellationToken).ConfigureAwait(false);
            foreach (var id in mayBeGone ? chunk.Except(records.Keys) : [])
            {
                suspects.Add(side, id, isReported: false);
            }
        }

        return present;
    }
}
