namespace Dataverse.Sync.Execution;

/// <summary>A mapping with the result of its validation.</summary>
/// <param name="Mapping">The mapping.</param>
/// <param name="Problems">What is wrong with the mapping; empty if it is valid.</param>
internal sealed record CheckedMapping(IIntegrationTableMapping Mapping, IReadOnlyList<string> Problems)
{
    public string Name => Mapping.Name;

    /// <summary>The compiled mapping, or null if it is invalid or could not be validated.</summary>
    public CompiledMapping? Compiled { get; init; }

    /// <summary>Why the mapping could not be validated, or null if it could.</summary>
    public Exception? Failure { get; init; }

    /// <summary>What validation found that does not keep the mapping from running.</summary>
    public IReadOnlyList<MappingWarning> Warnings { get; init; } = [];

    public bool IsValid => Compiled is not null;

    /// <summary>The names of the mappings through which the lookups of the mapping lead, each once.</summary>
    public IEnumerable<string> Lookups => Mapping.Fields.Where(mapped => mapped is { IsEnabled: true, Lookup: not null })
        .SelectMany(mapped => mapped.Lookup!.Via).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of the mappings without which this one does not run when several are run.</summary>
    public IEnumerable<string> Prerequisites => Mapping.Dependencies.Union(Lookups, StringComparer.OrdinalIgnoreCase)
        .Where(name => !string.Equals(name, Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Why the mapping cannot be run; null if it is valid.</summary>
    public Exception? Obstacle => Failure ?? (IsValid ? null : new SyncConfigurationException(Problems));
}
