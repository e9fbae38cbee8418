namespace Dataverse.Sync.Execution;

/// <summary>Validates and compiles the mappings of an engine, once per change of its catalog.</summary>
internal sealed class MappingCompiler(EngineServices services) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private CompiledCatalog? compiled;

    /// <summary>The compiled mappings in dependency order.</summary>
    /// <exception cref="SyncConfigurationException">Something is wrong; every problem of every mapping is named.</exception>
    public async Task<CompiledCatalog> CompileAsync(CancellationToken cancellationToken)
    {
        var mappings = services.Catalog.All;
        if (compiled is { } known && ReferenceEquals(known.Source, mappings))
        {
            return known;
        }

        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (compiled is null || !ReferenceEquals(compiled.Source, mappings))
            {
                compiled = await BuildAsync(mappings, cancellationToken).ConfigureAwait(false);
            }

            return compiled;
        }
        finally
        {
            _ = gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<CompiledCatalog> BuildAsync(IReadOnlyList<IIntegrationTableMapping> mappings, CancellationToken cancellationToken)
    {
        var problems = MappingGraph.FindProblems(mappings).ToList();
        var candidates = new List<(IIntegrationTableMapping Mapping, TableSchema? Local, TableSchema? Integration, IReadOnlyList<ISyncRule> Rules)>();
        foreach (var mapping in mappings)
        {
            var local = await ReadSchemaAsync(services.Local, mapping.LocalTable, cancellationToken).ConfigureAwait(false);
            var integration = await ReadSchemaAsync(services.Integration, mapping.IntegrationTable, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<ISyncRule> rules = [.. services.Rules.Concat(mapping.Rules).Where(rule => rule.AppliesTo(mapping))];
            problems.AddRange(new MappingValidator(mapping, local, integration, rules).Validate());
            candidates.Add((mapping, local, integration, rules));
        }

        problems.AddRange(await LookupValidator.FindProblemsAsync(services, mappings, cancellationToken).ConfigureAwait(false));
        if (problems.Count > 0)
        {
            throw new SyncConfigurationException(problems);
        }

        var byName = candidates.ToDictionary(
            item => item.Mapping.Name,
            item => new CompiledMapping(item.Mapping, item.Local!, item.Integration!, item.Rules),
            StringComparer.OrdinalIgnoreCase);
        return new(mappings, byName, [.. MappingGraph.InDependencyOrder(mappings).Select(mapping => byName[mapping.Name])]);
    }

    private static async Task<TableSchema?> ReadSchemaAsync(ITableConnector connector, string table, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(table) ? null : await connector.GetSchemaAsync(table, cancellationToken).ConfigureAwait(false);
}
