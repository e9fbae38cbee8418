namespace Dataverse.Sync.Execution;

/// <summary>Why an engine must not use a scope or a table.</summary>
internal static class ScopeErrors
{
    public static SyncConfigurationException OtherSystem(RegisteredScope scope, SystemIdentities now)
    {
        var changes = Sides.Both.Where(side => now.Told[side] is not null && scope.IdOn(side) is not null)
            .Where(side => !string.Equals(now.Told[side]!.Id, scope.IdOn(side), StringComparison.OrdinalIgnoreCase))
            .Select(side => $"the {side.Word()} system was {scope.IdOn(side)} and is now {now.Told[side]!.Id}");
        return new([$"Scope '{scope.Name}' of the coupling store belongs to other systems: {string.Join("; ", changes)}. "
            + "Another system is behind the same address, so its records are not those that are coupled. If it is a copy "
            + $"that has the same records, call SyncEngine.AdoptScopeAsync; otherwise use "
            + "another coupling store."]);
    }

    public static SyncConfigurationException TooFewFound(string scope, int found, int sampled) => new(
        [$"Scope '{scope}' of the coupling store does not belong to these systems: of {sampled} couplings that were sampled, "
            + $"both records exist in {found} only. Another system may be behind the same address. Use another coupling "
            + "store, or give the accounts of the connectors access to the records."]);

    public static SyncConfigurationException Ambiguous(IEnumerable<string> scopes) => new(
        [$"Several scopes of the coupling store may belong to these systems: {string.Join(", ", scopes.Select(name => $"'{name}'"))}. "
            + $"Set SyncEngineOptions.Scope to the one that is meant."]);

    public static SyncConfigurationException NothingToAdopt { get; } = new(
        ["No scope of the coupling store has couplings whose records exist in both systems, so there is none to adopt."]);

    public static SyncConfigurationException NoRegister { get; } = new(
        [$"The coupling store does not implement {nameof(IScopeRegister)}, so its scopes belong to no particular system."]);

    public static string TableInUse(string mapping, string table, string scope, bool isClaimed) =>
        $"Mapping '{mapping}': the integration table '{table}' is used by scope '{scope}' of the same coupling store, and "
        + (isClaimed ? "both scopes claim its rows for the same company. " : "no company column says whose its rows are. ")
        + "Values of one company would reach the other. Name a company column with "
        + $"{nameof(IntegrationTableMappingBuilder.ClaimedBy)} in the mappings of both scopes, or call "
        + $"{nameof(IntegrationTableMappingBuilder.SharedByCompanies)} if all companies share the rows.";
}
