namespace Dataverse.Sync.Execution;

/// <summary>Chooses the stored scope that belongs to the systems of an engine.</summary>
internal sealed class ScopeChoice(
    string configured,
    SystemIdentities identities,
    IReadOnlyList<RegisteredScope> known,
    Func<RegisteredScope, Task<ScopeSample>> takeSample)
{
    /// <summary>Returns the entry of the scope, with the present systems; a new one if none is stored.</summary>
    /// <exception cref="SyncConfigurationException">Another system is behind the same address.</exception>
    public async Task<RegisteredScope> ChooseAsync()
    {
        var named = known.FirstOrDefault(scope => scope.Name == configured);
        if (!identities.TellAnything)
        {
            return identities.Register(named ?? new() { Name = configured });
        }

        var relation = named is null ? ScopeRelation.Other : RelationOfNamed(named);
        if (relation == ScopeRelation.Same)
        {
            return identities.Register(named!);
        }

        if (relation == ScopeRelation.Unknown)
        {
            var sample = await takeSample(named!).ConfigureAwait(false);
            return sample.IsConvincing
                ? identities.Register(named!)
                : throw ScopeErrors.TooFewFound(named!.Name, sample.Found, sample.Sampled);
        }

        return FindSame() is { } same ? identities.Register(same)
            : named is not null ? throw ScopeErrors.OtherSystem(named, identities)
            : identities.Register(await FindOlderAsync().ConfigureAwait(false) ?? new() { Name = configured });
    }

    // A system that tells no id may have another address than before: the name was chosen by a person.
    private ScopeRelation RelationOfNamed(RegisteredScope named)
    {
        var told = Sides.Both.Where(side => identities.Told[side] is not null).ToList();
        return told.Exists(side => named.IdOn(side) is { } id
            && !string.Equals(id, identities.Told[side]!.Id, StringComparison.OrdinalIgnoreCase)) ? ScopeRelation.Other
            : told.Exists(side => named.IdOn(side) is null) ? ScopeRelation.Unknown
            : ScopeRelation.Same;
    }

    private RegisteredScope? FindSame() => known
        .Where(scope => identities.RelationTo(scope) == ScopeRelation.Same)
        .OrderByDescending(scope => scope.Mappings.Count).ThenBy(scope => scope.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    // A file that was made under another name, such as that of a company before it was renamed.
    private async Task<RegisteredScope?> FindOlderAsync()
    {
        var found = new List<RegisteredScope>();
        foreach (var scope in known.Where(scope => identities.RelationTo(scope) == ScopeRelation.Unknown))
        {
            var sample = await takeSample(scope).ConfigureAwait(false);
            if (sample is { Sampled: > 0, IsConvincing: true })
            {
                found.Add(scope);
            }
        }

        return found.Count <= 1 ? found.FirstOrDefault() : throw ScopeErrors.Ambiguous(found.Select(scope => scope.Name));
    }
}
