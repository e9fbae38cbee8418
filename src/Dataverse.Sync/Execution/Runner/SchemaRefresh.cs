namespace Dataverse.Sync.Execution;

/// <summary>Reads the schemas of a run again, at most once, when something contradicts them.</summary>
internal sealed class SchemaRefresh(MappingCompiler compiler)
{
    /// <summary>
    /// Tries the records again that contradicted the schemas, if the schemas have changed. They count once.
    /// </summary>
    /// <returns>Why the run stopped early, or null if it did not.</returns>
    /// <exception cref="SyncConfigurationException">The mapping does not fit the current schemas.</exception>
    public async Task<string?> TryAgainAsync(
        RunComposition outdated, LeaseKeeper lease, JobRecorder job, CancellationToken cancellationToken)
    {
        var before = outdated.Mapping;
        var current = await compiler.ReadAgainAsync(outdated.Catalog, before.Name, cancellationToken)
            .ConfigureAwait(false);
        var after = current[before.Name];
        if (Sides.Both.All(side => SchemaComparison.AreSame(before.Schema(side), after.Schema(side))))
        {
            return null;
        }

        foreach (var record in outdated.Contradictions.All.Where(job.WithdrawErrors))
        {
            job.Uncount(PlanOutcome.Failed);
        }

        foreach (var ids in outdated.Contradictions.IdsBySide())
        {
            var records = new NamedRecords(ids.Key, [.. ids]);
            var run = await outdated.With(current).CreateAsync(lease, job, cancellationToken).ConfigureAwait(false);
            if (await run.RunAsync(records, cancellationToken).ConfigureAwait(false) is { } stopped)
            {
                return stopped;
            }
        }

        return null;
    }

    /// <summary>
    /// Explains what ended a run. If a response contradicts the schemas, and the mapping does not fit the current ones,
    /// the problems of the mapping say which of its fields is concerned.
    /// </summary>
    public async Task<Exception> ExplainAsync(
        RunComposition outdated, Exception failure, CancellationToken cancellationToken)
    {
        if (failure is not ConnectorException { ContradictsSchema: true })
        {
            return failure;
        }

        try
        {
            var name = outdated.Mapping.Name;
            var current = await compiler.ReadAgainAsync(outdated.Catalog, name, cancellationToken)
                .ConfigureAwait(false);
            return current.Find(name) is { Failure: null, Obstacle: { } obstacle } ? obstacle : failure;
        }
        catch (OperationCanceledException)
        {
            return failure;
        }
    }
}
