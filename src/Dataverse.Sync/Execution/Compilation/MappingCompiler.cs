using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Validates and compiles the mappings of an engine. Keeps the result until the catalog changes or the schemas are old.
/// </summary>
internal sealed class MappingCompiler(
    Sides<ITableConnector> systems,
    IReadOnlyList<ISyncRule> engineRules,
    MappingCatalog catalog,
    OverrideReader overrides,
    TimeSpan schemaLifetime,
    TimeProvider timeProvider,
    ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly OwnCompanies companies = new(systems);
    private CompiledCatalog? compiled;
    private SystemFacts? facts;

    /// <summary>Returns the mappings as they are stored now in dependency order, each with the result of its validation.</summary>
    public async Task<CompiledCatalog> CompileAsync(CancellationToken cancellationToken)
    {
        try
        {
            await overrides.RefreshAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CouplingStoreException unreadable)
        {
            // Not with the mappings that were read last: somebody may have switched one off since.
            return NotReadable(unreadable);
        }

        if (FindCurrent() is { } known)
        {
            return known;
        }

        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return FindCurrent() ?? await KeepAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = gate.Release();
        }
    }

    /// <summary>Reads the schemas of all mappings again, whatever is known.</summary>
    public async Task<CompiledCatalog> ReadAgainAsync(CancellationToken cancellationToken)
    {
        await overrides.RefreshAsync(cancellationToken).ConfigureAwait(false);
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            companies.Forget();
            facts = null;
            return await KeepAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = gate.Release();
        }
    }

    /// <summary>Reads the schemas of one mapping again, because something contradicts them.</summary>
    /// <param name="outdated">
    /// The catalog that is contradicted. If one with newer schemas of the mapping is known, that is returned.
    /// </param>
    /// <param name="name">The name of the mapping.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public async Task<CompiledCatalog> ReadAgainAsync(
        CompiledCatalog outdated, string name, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (compiled is { } newer && !ReferenceEquals(newer, outdated))
            {
                if (!ReferenceEquals(newer.Find(name), outdated.Find(name)))
                {
                    return newer;
                }

                // The run of another mapping has read the schemas of that one again.
                outdated = newer;
            }

            companies.Forget();
            facts = new(systems, outdated.CompiledOn, catalog.State.Edits);
            var inOrder = new List<CheckedMapping>(outdated.InOrder.Count);
            foreach (var known in outdated.InOrder)
            {
                var isWanted = string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase);
                inOrder.Add(isWanted
                    ? await CheckAsync(known.Mapping, outdated.Source, facts, cancellationToken).ConfigureAwait(false)
                    : known);
            }

            var built = new CompiledCatalog(outdated.Source, inOrder) { Facts = facts };
            compiled = built.IsComplete ? built : null;
            LogWarnings(built);
            return built;
        }
        finally
        {
            _ = gate.Release();
        }
    }

    /// <summary>Lets the next use read the schemas again.</summary>
    public void Forget() => compiled = null;

    public void Dispose() => gate.Dispose();

    private CompiledCatalog NotReadable(CouplingStoreException reason)
    {
        var mappings = catalog.All;
        return new(
            mappings,
            [.. MappingGraph.InDependencyOrder(mappings).Select(mapping => new CheckedMapping(mapping, []) { Failure = reason })]);
    }

    private void LogWarnings(CompiledCatalog built)
    {
        foreach (var warning in built.InOrder.SelectMany(mapping => mapping.Warnings))
        {
            logger.MappingWarning(warning.Message);
        }
    }

    private CompiledCatalog? FindCurrent()
    {
        var isCurrent = compiled is { } known && ReferenceEquals(known.Source, catalog.All) && IsRecent(known.CompiledOn);
        return isCurrent ? compiled : null;
    }

    private bool IsRecent(DateTimeOffset readOn)
    {
        var age = timeProvider.GetUtcNow() - readOn;
        return age >= TimeSpan.Zero && age < schemaLifetime;
    }

    // Mappings that another engine has changed need no schema again that was read shortly before. Who changes mappings in
    // memory may have changed a table as well.
    private SystemFacts FactsForBuild(CatalogState state)
    {
        if (facts is { } known && known.Edits == state.Edits && compiled is not null && IsRecent(known.ReadOn))
        {
            known.Schemas.ForgetMissing();
            return known;
        }

        return new(systems, timeProvider.GetUtcNow(), state.Edits);
    }

    private async Task<CompiledCatalog> KeepAsync(CancellationToken cancellationToken)
    {
        var built = await BuildAsync(catalog.State, cancellationToken).ConfigureAwait(false);
        compiled = built.IsComplete ? built : null;
        LogWarnings(built);
        return built;
    }

    private async Task<CompiledCatalog> BuildAsync(CatalogState state, CancellationToken cancellationToken)
    {
        var mappings = state.Mappings;
        facts = FactsForBuild(state);
        facts.Schemas.Begin(mappings.Where(mapping => !state.Problems.ContainsKey(mapping.Name)), cancellationToken);
        var inOrder = new List<CheckedMapping>(mappings.Count);
        foreach (var mapping in MappingGraph.InDependencyOrder(mappings))
        {
            var item = state.Problems.TryGetValue(mapping.Name, out var problems)
                ? new CheckedMapping(mapping, problems)
                : await CheckAsync(mapping, mappings, facts, cancellationToken).ConfigureAwait(false);
            var obsolete = state.Warnings.Where(
                warning => string.Equals(warning.Mapping, mapping.Name, StringComparison.OrdinalIgnoreCase));
            inOrder.Add(item with { Warnings = [.. obsolete, .. item.Warnings] });
        }

        return new(mappings, inOrder) { Facts = facts };
    }

    // What goes wrong with one mapping, even in a system that cannot be reached, must not keep the others from running.
    private async Task<CheckedMapping> CheckAsync(
        IIntegrationTableMapping mapping,
        IReadOnlyList<IIntegrationTableMapping> mappings,
        SystemFacts read,
        CancellationToken cancellationToken)
    {
        var problems = MappingGraph.FindProblems(mapping, mappings).ToList();
        try
        {
            return await CompareAsync(mapping, mappings, read, problems, cancellationToken).ConfigureAwait(false);
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

    // Compares a mapping with the schemas of both systems, and compiles it if nothing is wrong.
    private async Task<CheckedMapping> CompareAsync(
        IIntegrationTableMapping given,
        IReadOnlyList<IIntegrationTableMapping> mappings,
        SystemFacts read,
        List<string> problems,
        CancellationToken cancellationToken)
    {
        var schemas = read.Schemas;
        var local = await schemas.ReadAsync(SyncSide.Local, given.LocalTable, cancellationToken).ConfigureAwait(false);
        var integration = await schemas.ReadAsync(SyncSide.Integration, given.IntegrationTable, cancellationToken)
            .ConfigureAwait(false);
        var mapping = await PresentFields.SelectAsync(given, new(local, integration), schemas, cancellationToken)
            .ConfigureAwait(false);
        var rules = RulesOf(mapping, problems);
        var validator = new MappingValidator(mapping, new(local, integration), rules);
        var tables = new SideTableCheck(systems, schemas, mapping);
        problems.AddRange(validator.Validate());
        problems.AddRange(await LookupValidator
            .FindProblemsAsync(systems, schemas, mapping, mappings, cancellationToken).ConfigureAwait(false));
        problems.AddRange(await tables.FindProblemsAsync(cancellationToken).ConfigureAwait(false));
        var company = await CheckCompanyAsync(mapping, integration, read, cancellationToken).ConfigureAwait(false);
        problems.AddRange(company?.Problems ?? []);
        var compiled = problems.Count == 0
            ? new CompiledMapping(mapping, new(local!, integration!), rules, company?.Claim)
            {
                Owner = company?.Owner,
                SideTables = await tables.ReadAsync(cancellationToken).ConfigureAwait(false),
            }
            : null;
        return new(given, problems)
        {
            Compiled = compiled,
            Warnings =
            [
                .. validator.Warnings,
                .. company?.Warnings ?? [],
                .. compiled is null ? [] : ReadabilityWarnings.Of(compiled),
            ],
        };
    }

    private async Task<CompanyCheck?> CheckCompanyAsync(
        IIntegrationTableMapping mapping,
        TableSchema? integration,
        SystemFacts read,
        CancellationToken cancellationToken)
    {
        if (integration is null)
        {
            return null;
        }

        var check = new CompanyCheck(mapping, integration, companies, read.Identities);
        await check.RunAsync(read.Schemas, cancellationToken).ConfigureAwait(false);
        return check;
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
