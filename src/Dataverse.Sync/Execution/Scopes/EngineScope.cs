namespace Dataverse.Sync.Execution;

/// <summary>
/// The scope of an engine: the configured one, until the services have told which systems they are and the store which
/// scope belongs to them.
/// </summary>
internal sealed class EngineScope(
    SyncScope initial, Sides<ITableConnector> systems, ICouplingStore store) : IDisposable
{
    private readonly string configured = initial.Name;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly IScopeRegister? register = store as IScopeRegister;
    private CompiledCatalog? verified;
    private TableShares? shares;
    private (SystemFacts Facts, SystemIdentities Identities)? identified;

    public SyncScope Current { get; private set; } = initial;

    /// <summary>Checks that the stored scope belongs to the systems, before anything is read by its couplings or written.</summary>
    /// <param name="catalog">The mappings, whose schemas were just read from the systems.</param>
    /// <param name="isPreview">Whether the store must not be changed.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <exception cref="SyncConfigurationException">The scope belongs to other systems.</exception>
    /// <exception cref="ConnectorException">A system did not answer.</exception>
    public async Task VerifyAsync(CompiledCatalog catalog, bool isPreview, CancellationToken cancellationToken)
    {
        if (register is null || ReferenceEquals(verified, catalog))
        {
            return;
        }

        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var isStored = ReferenceEquals(verified, catalog);
            while (!isStored)
            {
                isStored = await TryVerifyAsync(catalog, isPreview, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _ = gate.Release();
        }
    }

    /// <exception cref="SyncConfigurationException">Another scope uses the integration table of the mapping.</exception>
    public void RequireTable(string mapping) => shares?.Require(mapping);

    /// <summary>Why mappings are refused, after <see cref="VerifyAsync"/>.</summary>
    public IReadOnlyList<string> Problems => [.. shares?.Problems ?? []];

    /// <summary>Finds the scope for reading the store, as far as that is possible if a system does not answer.</summary>
    public async ValueTask<SyncScope> FindAsync(CancellationToken cancellationToken)
    {
        if (register is null || verified is not null)
        {
            return Current;
        }

        var known = (await register.ReadScopesAsync(cancellationToken).ConfigureAwait(false)).Scopes;
        if (known.Count == 0 || known.Any(scope => scope.Name == configured))
        {
            return Current;
        }

        try
        {
            var identities = await SystemIdentities.ReadAsync(systems, cancellationToken).ConfigureAwait(false);
            return identities.TellAnything
                && known.FirstOrDefault(scope => identities.RelationTo(scope) == ScopeRelation.Same) is { } same
                    ? new(same.Name)
                    : Current;
        }
        catch (ConnectorException)
        {
            return Current;
        }
    }

    /// <summary>Makes a stored scope the scope of these systems, which are a copy of those it belonged to.</summary>
    /// <param name="name">The name of the stored scope, or null to find it.</param>
    /// <param name="catalog">The mappings.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <exception cref="SyncConfigurationException">The records of its couplings do not exist in the systems.</exception>
    public async Task AdoptAsync(string? name, CompiledCatalog catalog, CancellationToken cancellationToken)
    {
        if (register is null)
        {
            throw ScopeErrors.NoRegister;
        }

        bool isStored;
        do
        {
            var known = await register.ReadScopesAsync(cancellationToken).ConfigureAwait(false);
            var identities = await SystemIdentities.ReadAsync(systems, cancellationToken).ConfigureAwait(false);
            var scope = await FindToAdoptAsync(name, known.Scopes, catalog, cancellationToken).ConfigureAwait(false);
            isStored = await register
                .TrySaveScopeAsync(identities.Register(scope), known.Revision, cancellationToken).ConfigureAwait(false);
        }
        while (!isStored);
        (verified, identified) = (null, null);
        await VerifyAsync(catalog, isPreview: false, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => gate.Dispose();

    // False if another process changed the register meanwhile, so that everything is looked at again.
    private async Task<bool> TryVerifyAsync(
        CompiledCatalog catalog, bool isPreview, CancellationToken cancellationToken)
    {
        var known = await register!.ReadScopesAsync(cancellationToken).ConfigureAwait(false);
        var identities = await IdentifyAsync(catalog, cancellationToken).ConfigureAwait(false);
        var choice = new ScopeChoice(
            configured, identities, known.Scopes, scope => SampleAsync(scope, catalog, cancellationToken));
        var own = await choice.ChooseAsync().ConfigureAwait(false);
        var others = known.Scopes.Where(scope => scope.Name != own.Name && identities.ShareIntegrationWith(scope));
        var found = new TableShares(own, [.. others], catalog);
        own = own with { Tables = found.Tables };
        var isNew = known.Scopes.FirstOrDefault(scope => scope.Name == own.Name) is not { } before || !AreSame(before, own);
        if (isNew && !isPreview
            && !await register.TrySaveScopeAsync(own, known.Revision, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        Current = own.Name == Current.Name ? Current : new(own.Name);
        shares = found;
        verified = isNew && isPreview ? null : catalog;
        return true;
    }

    // Mappings that were changed, but compiled with the same schemas, need no new answer.
    private async ValueTask<SystemIdentities> IdentifyAsync(CompiledCatalog catalog, CancellationToken cancellationToken)
    {
        if (identified is { } known && ReferenceEquals(known.Facts, catalog.Facts))
        {
            return known.Identities;
        }

        var read = await SystemIdentities.ReadAsync(systems, cancellationToken).ConfigureAwait(false);
        identified = catalog.Facts is { } facts ? (facts, read) : null;
        return read;
    }

    private async Task<RegisteredScope> FindToAdoptAsync(
        string? name, IReadOnlyList<RegisteredScope> known, CompiledCatalog catalog, CancellationToken cancellationToken)
    {
        var wanted = name ?? configured;
        var named = known.FirstOrDefault(scope => scope.Name == wanted);
        if (named is not null || name is not null)
        {
            var sample = named is null
                ? throw ScopeErrors.NothingToAdopt
                : await SampleAsync(named, catalog, cancellationToken).ConfigureAwait(false);
            return sample.IsConvincing ? named : throw ScopeErrors.TooFewFound(wanted, sample.Found, sample.Sampled);
        }

        var found = new List<RegisteredScope>();
        foreach (var scope in known)
        {
            var sample = await SampleAsync(scope, catalog, cancellationToken).ConfigureAwait(false);
            if (sample is { Sampled: > 0, IsConvincing: true })
            {
                found.Add(scope);
            }
        }

        return found.Count switch
        {
            0 => throw ScopeErrors.NothingToAdopt,
            1 => found[0],
            _ => throw ScopeErrors.Ambiguous(found.Select(scope => scope.Name)),
        };
    }

    private Task<ScopeSample> SampleAsync(
        RegisteredScope scope, CompiledCatalog catalog, CancellationToken cancellationToken) =>
        new ScopeSample(systems, store, catalog).TakeAsync(scope, cancellationToken);

    private static bool AreSame(RegisteredScope left, RegisteredScope right) =>
        left with { Tables = [], Mappings = [] } == right with { Tables = [], Mappings = [] }
        && left.Tables.SequenceEqual(right.Tables);
}
