using Dataverse.Sync.Documents;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>Reads the stored overrides of the mappings, once for every run, and applies them to the catalog.</summary>
/// <param name="store">The store of overrides, or null if the coupling store is none.</param>
/// <param name="scope">Finds the scope of the engine.</param>
/// <param name="catalog">The mappings.</param>
/// <param name="code">The rules and converters by their names.</param>
/// <param name="logger">The logger of the engine.</param>
internal sealed class OverrideReader(
    IOverrideStore? store,
    Func<CancellationToken, ValueTask<SyncScope>> scope,
    MappingCatalog catalog,
    NamedCode code,
    ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private IReadOnlyList<StoredOverride> applied = [];

    /// <summary>The name of the scope whose overrides were read last; null before the first time.</summary>
    public string? Scope { get; private set; }

    /// <summary>Reads the overrides and applies them if they have changed.</summary>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (store is null)
        {
            return;
        }

        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var own = await FindScopeAsync(cancellationToken).ConfigureAwait(false);
            var found = await store.ReadOverridesAsync(own, cancellationToken).ConfigureAwait(false);
            Scope = own;
            Apply(found);
        }
        finally
        {
            _ = gate.Release();
        }
    }

    /// <summary>Finds the name of the scope whose overrides apply.</summary>
    public async ValueTask<string> FindScopeAsync(CancellationToken cancellationToken) =>
        (await scope(cancellationToken).ConfigureAwait(false)).Name;

    public void Dispose() => gate.Dispose();

    private void Apply(IReadOnlyList<StoredOverride> found)
    {
        StoredOverride[] ordered = [.. found.OrderBy(item => item.Mapping, StringComparer.Ordinal)];
        if (ordered.SequenceEqual(applied))
        {
            return;
        }

        StoredMapping[] read = [.. ordered.Select(Read)];
        applied = ordered;
        catalog.Apply(read);
        foreach (var warning in read.SelectMany(item => item.Warnings))
        {
            logger.MappingWarning(warning.Message);
        }
    }

    // A mapping whose override cannot be used keeps its default, but does not run: it is not what somebody wanted.
    private StoredMapping Read(StoredOverride item)
    {
        var standard = catalog.Default(item.Mapping);
        if (item.Document is null)
        {
            return new(item.Mapping, item.Version, HasOverride: false) { Mapping = standard };
        }

        var read = OverrideDocument.Read(item.Mapping, item.Document, standard, code);
        return new(item.Mapping, item.Version, HasOverride: true)
        {
            Mapping = read.Problems.Count == 0 ? read.Mapping : standard ?? Placeholder(item.Mapping),
            Problems = read.Problems.Count == 0 ? [] : [.. read.Problems.Select(problem => Refuse(item.Mapping, problem))],
            Warnings = [.. read.Obsolete.Select(text => Warn(item.Mapping, text))],
        };
    }

    private static string Refuse(string mapping, string problem) =>
        $"Mapping '{mapping}': its stored override cannot be used, so that it does not run. {problem} Store it again, or remove "
        + "it with SyncOverrides.UseDefaultSetupAsync.";

    private static MappingWarning Warn(string mapping, string text) =>
        new(mapping, $"Mapping '{mapping}': its stored override {text}. That part has no effect.");

    private static IntegrationTableMapping Placeholder(string name) =>
        new() { Name = name, LocalTable = string.Empty, IntegrationTable = string.Empty };
}
