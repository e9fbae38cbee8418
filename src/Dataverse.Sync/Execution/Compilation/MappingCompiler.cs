namespace Dataverse.Sync.Execution;

/// <summary>Validates and compiles the mappings of an engine, once per change of its catalog.</summary>
internal sealed class MappingCompiler(
    Sides<ITableConnector> systems, IReadOnlyList<ISyncRule> engineRules, MappingCatalog catalog) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private CompiledCatalog? compiled;

    /// <summary>Returns the mappings in dependency order, each with the result of its validation.</summary>
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
                var built = await BuildAsync(mappings, cancellationToken).ConfigureAwait(false);
                compiled = built.IsComplete ? built : null;
                return built;
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
        var schemas = new SchemaReader(systems);
        var inOrder = new List<CheckedMapping>(mappings.Count);
        foreach (var mapping in MappingGraph.InDependencyOrder(mappings))
        {
            inOrder.Add(await CheckAsync(mapping, mappings, schemas, cancellationToken).ConfigureAwait(false));
        }

        return new(mappings, inOrder);
    }

    // What goes wrong with one mapping, even in a system that cannot be reached, must not keep the others from running.
    private async Task<CheckedMapping> CheckAsync(
        IIntegrationTableMapping mapping,
        IReadOnlyList<IIntegrationTableMapping> mappings,
        SchemaReader schemas,
        CancellationToken cancellationToken)
    {
        var problems = MappingGraph.FindProblems(mapping, mappings).ToList();
        try
        {
            var local = await schemas.ReadAsync(SyncSide.Local, mapping.LocalTable, cancellationToken)
                .ConfigureAwait(false);
            var integration = await schemas
                .ReadAsync(SyncSide.Integration, mapping.IntegrationTable, cancellationToken).ConfigureAwait(false);
            var rules = RulesOf(mapping, problems);
            var validator = new MappingValidator(mapping, new(local, integration), rules);
            problems.AddRange(validator.Validate());
            problems.AddRange(await LookupValidator
                .FindProblemsAsync(systems, schemas, mapping, mappings, cancellationToken).ConfigureAwait(false));
            var isValid = problems.Count == 0;
            return new(mapping, problems)
            {
                Compiled = isValid ? new(mapping, new(local!, integration!), rules) : null,
                Warnings = validator.Warnings,
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            return new(mapping, problems) { Failure = failure };
        }
    }

    private List<ISyncRule> RulesOf(IIntegrationTableMapping mapping, List<string> problems)
    {
        var rules = new List<ISyncRule>();
        foreach (var rule in engineRules.Concat(mapping.Rules))
        {
            try
            {
                if (rule.AppliesTo(mapping))
                {
                    rules.Add(rule);
                }
            }
            catch (Exception failure)
            {
                problems.Add($"Mapping '{mapping.Name}': rule {rule.GetType().Name} failed in "
                    + $"{nameof(ISyncRule.AppliesTo)} with {failure.GetType().Name}.");
            }
        }

        return rules;
    }
}
