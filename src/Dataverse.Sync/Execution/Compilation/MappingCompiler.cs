using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>Validates and compiles the mappings of an engine, once per change of its catalog.</summary>
internal sealed class MappingCompiler(
    Sides<ITableConnector> systems, IReadOnlyList<ISyncRule> engineRules, MappingCatalog catalog, ILogger logger)
    : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private CompiledCatalog? compiled;

    /// <summary>Returns the compiled mappings in dependency order.</summary>
    /// <exception cref="SyncConfigurationException">
    /// The configuration is invalid. The exception names every problem of every mapping.
    /// </exception>
    public async Task<CompiledCatalog> CompileAsync(CancellationToken cancellationToken)
    {
        var mappings = catalog.All;
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
                foreach (var warning in compiled.Warnings)
                {
                    logger.FieldUnreadable(warning);
                }
            }

            return compiled;
        }
        finally
        {
            _ = gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<CompiledCatalog> BuildAsync(
        IReadOnlyList<IIntegrationTableMapping> mappings, CancellationToken cancellationToken)
    {
        var problems = MappingGraph.FindProblems(mappings).ToList();
        var candidates = new List<CompiledMapping>();
        foreach (var mapping in mappings)
        {
            var local = await ReadSchemaAsync(SyncSide.Local, mapping, cancellationToken).ConfigureAwait(false);
            var integration = await ReadSchemaAsync(SyncSide.Integration, mapping, cancellationToken)
                .ConfigureAwait(false);
            var rules = engineRules.Concat(mapping.Rules).Where(rule => rule.AppliesTo(mapping)).ToList();
            var found = new MappingValidator(mapping, new(local, integration), rules).Validate();
            problems.AddRange(found);
            if (found.Count == 0)
            {
                candidates.Add(new(mapping, new(local!, integration!), rules));
            }
        }

        var missing = await LookupValidator.FindProblemsAsync(systems, mappings, cancellationToken)
            .ConfigureAwait(false);
        problems.AddRange(missing);
        if (problems.Count > 0)
        {
            throw new SyncConfigurationException(problems);
        }

        var byName = candidates.ToDictionary(mapping => mapping.Name, StringComparer.OrdinalIgnoreCase);
        var inOrder = MappingGraph.InDependencyOrder(mappings);
        return new(mappings, byName, [.. inOrder.Select(mapping => byName[mapping.Name])]);
    }

    private async Task<TableSchema?> ReadSchemaAsync(
        SyncSide side, IIntegrationTableMapping mapping, CancellationToken cancellationToken)
    {
        var table = mapping.TableOn(side);
        return string.IsNullOrEmpty(table)
            ? null
            : await systems[side].GetSchemaAsync(table, cancellationToken).ConfigureAwait(false);
    }
}
