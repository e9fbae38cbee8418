using Dataverse.Sync.Documents;

namespace Dataverse.Sync.Execution;

/// <summary>Stores changed mappings, unless another engine has changed them since.</summary>
internal sealed class OverrideWriter(
    IOverrideStore? store, OverrideReader reader, MappingCatalog catalog, NamedCode code, TimeProvider time) : IDisposable
{
    private const int MostAttempts = 10;

    private readonly SemaphoreSlim gate = new(1, 1);

    private IOverrideStore Store => store ?? throw new SyncConfigurationException(
        [$"The coupling store cannot store changed mappings, because it does not implement {nameof(IOverrideStore)}."]);

    /// <summary>Lists the stored overrides of the scope.</summary>
    public async Task<IReadOnlyList<StoredOverride>> ListAsync(CancellationToken cancellationToken)
    {
        var all = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return [.. all.Where(item => item.Document is not null).OrderBy(item => item.Mapping, StringComparer.Ordinal)];
    }

    /// <summary>Stores the change of a mapping that was made in memory.</summary>
    /// <exception cref="OverrideConflictException">Another engine has changed the mapping since.</exception>
    public Task StoreAsync(string name, CancellationToken cancellationToken) => AloneAsync(
        async () =>
        {
            _ = Store;
            await reader.RefreshAsync(cancellationToken).ConfigureAwait(false);
            if (catalog.FindUnsaved(name) is not { } change)
            {
                // Throws if there is no such mapping.
                _ = catalog[name];
                return;
            }

            if (!await TryStoreAsync(change, cancellationToken).ConfigureAwait(false))
            {
                throw new OverrideConflictException(change.Name);
            }
        },
        cancellationToken);

    /// <summary>Changes a mapping as it is stored now, and stores it. A change that another engine makes meanwhile is kept.</summary>
    public Task ChangeAsync(string name, Action<string> change, CancellationToken cancellationToken) => AloneAsync(
        async () =>
        {
            _ = Store;
            for (var attempt = 1; ; attempt++)
            {
                await reader.RefreshAsync(cancellationToken).ConfigureAwait(false);
                var isPending = catalog.FindUnsaved(name) is not null;
                change(name);
                if (await TryStoreAllAsync(catalog.FindUnsaved(name)!, isPending, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }

                if (isPending || attempt == MostAttempts)
                {
                    throw new OverrideConflictException(name);
                }
            }
        },
        cancellationToken);

    /// <summary>Removes what is stored about a mapping, and what was changed in memory. The stored text is not read.</summary>
    public Task RemoveAsync(string name, CancellationToken cancellationToken) => AloneAsync(
        async () =>
        {
            bool isRemoved;
            do
            {
                var all = await ReadAsync(cancellationToken).ConfigureAwait(false);
                var known = Find(all, name);
                if (known is null && catalog.Default(name) is null && catalog.FindUnsaved(name) is null)
                {
                    throw new SyncConfigurationException([$"There is no mapping named '{name}'."]);
                }

                isRemoved = known?.Document is null
                    || await SaveAsync(known.Mapping, document: null, known.Version, cancellationToken).ConfigureAwait(false);
            }
            while (!isRemoved);
            catalog.Forget(name);
            await reader.RefreshAsync(cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Lists what differs between a mapping and its default.</summary>
    /// <exception cref="SyncConfigurationException">There is no such mapping, or its stored override cannot be used.</exception>
    public async Task<IReadOnlyList<MappingDifference>> CompareAsync(string name, CancellationToken cancellationToken)
    {
        await reader.RefreshAsync(cancellationToken).ConfigureAwait(false);
        var state = catalog.State;
        if (state.Problems.TryGetValue(name, out var problems))
        {
            throw new SyncConfigurationException(problems);
        }

        var standard = catalog.Default(name);
        var present = state.Mappings.FirstOrDefault(
            mapping => string.Equals(mapping.Name, name, StringComparison.OrdinalIgnoreCase));
        return standard is null && present is null
            ? throw new SyncConfigurationException([$"There is no mapping named '{name}'."])
            : [.. OverrideDocument.Compare(standard, present, code)];
    }

    public void Dispose() => gate.Dispose();

    private static StoredOverride? Find(IEnumerable<StoredOverride> all, string name) =>
        all.FirstOrDefault(item => string.Equals(item.Mapping, name, StringComparison.OrdinalIgnoreCase));

    private async Task<IReadOnlyList<StoredOverride>> ReadAsync(CancellationToken cancellationToken)
    {
        var scope = await reader.FindScopeAsync(cancellationToken).ConfigureAwait(false);
        return await Store.ReadOverridesAsync(scope, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryStoreAsync(UnsavedMapping change, CancellationToken cancellationToken)
    {
        var known = catalog.FindStored(change.Name);
        if ((known?.Version ?? 0) != change.Version)
        {
            return false;
        }

        var document = OverrideDocument.Write(catalog.Default(change.Name), change.Mapping, code);
        var isNeeded = document is not null || known is { HasOverride: true };
        var name = known?.Name ?? change.Name;
        if (isNeeded && !await SaveAsync(name, document, change.Version, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await reader.RefreshAsync(cancellationToken).ConfigureAwait(false);
        catalog.Forget(change);
        return true;
    }

    // A change that is not stored does not stay in memory either, unless it is part of one that was made there before.
    private async Task<bool> TryStoreAllAsync(UnsavedMapping change, bool isPending, CancellationToken cancellationToken)
    {
        var isStored = false;
        try
        {
            isStored = await TryStoreAsync(change, cancellationToken).ConfigureAwait(false);
            return isStored;
        }
        finally
        {
            if (!isStored && !isPending)
            {
                catalog.Forget(change);
            }
        }
    }

    private async Task<bool> SaveAsync(
        string name, string? document, long version, CancellationToken cancellationToken)
    {
        var scope = await reader.FindScopeAsync(cancellationToken).ConfigureAwait(false);
        var change = new StoredOverride
        {
            Mapping = name,
            Version = version,
            Document = document,
            ChangedOn = time.GetUtcNow(),
        };
        return await Store.TrySaveOverrideAsync(scope, change, cancellationToken).ConfigureAwait(false);
    }

    private async Task AloneAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await action().ConfigureAwait(false);
        }
        finally
        {
            _ = gate.Release();
        }
    }
}
