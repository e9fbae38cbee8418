using System.Runtime.ExceptionServices;

namespace Dataverse.Sync.Execution;

/// <summary>All mappings of an engine, each validated and, if it is valid, compiled.</summary>
internal sealed class CompiledCatalog
{
    private readonly Dictionary<string, CheckedMapping> byName;
    private readonly IReadOnlyDictionary<string, IReadOnlySet<string>> circles;

    /// <summary>Initializes a new instance of the <see cref="CompiledCatalog"/> class.</summary>
    /// <param name="source">The list of the catalog from which the mappings were compiled.</param>
    /// <param name="inOrder">The mappings in dependency order, each name once.</param>
    public CompiledCatalog(
        IReadOnlyList<IIntegrationTableMapping> source, IReadOnlyList<CheckedMapping> inOrder)
    {
        (Source, InOrder) = (source, inOrder);
        byName = inOrder.ToDictionary(mapping => mapping.Name, StringComparer.OrdinalIgnoreCase);
        ByName = inOrder.Where(mapping => mapping.IsValid)
            .ToDictionary(mapping => mapping.Name, mapping => mapping.Compiled!, StringComparer.OrdinalIgnoreCase);
        circles = MappingCircles.Find(inOrder);
    }

    /// <summary>The list of the catalog from which the mappings were compiled.</summary>
    public IReadOnlyList<IIntegrationTableMapping> Source { get; }

    /// <summary>What was read from the systems; null if nothing was.</summary>
    public SystemFacts? Facts { get; init; }

    /// <summary>When the schemas were read, by the clock of the engine.</summary>
    public DateTimeOffset CompiledOn => Facts?.ReadOn ?? default;

    /// <summary>All mappings in dependency order.</summary>
    public IReadOnlyList<CheckedMapping> InOrder { get; }

    /// <summary>The valid mappings by name.</summary>
    public IReadOnlyDictionary<string, CompiledMapping> ByName { get; }

    /// <summary>Whether every mapping could be validated. Otherwise the next use validates again.</summary>
    public bool IsComplete => InOrder.All(mapping => mapping.Failure is null);

    /// <summary>Gets a mapping that can be run.</summary>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, or it or a mapping through which one of its lookups leads is invalid.
    /// </exception>
    public CompiledMapping this[string name]
    {
        get
        {
            var mapping = byName.GetValueOrDefault(name)
                ?? throw new SyncConfigurationException([$"There is no mapping named '{name}'."]);
            if ((mapping.Obstacle ?? ObstacleOfLookups(mapping)) is { } obstacle)
            {
                ExceptionDispatchInfo.Throw(obstacle);
            }

            return mapping.Compiled!;
        }
    }

    /// <summary>Finds a mapping, valid or not, by its name; returns null if there is none.</summary>
    public CheckedMapping? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>
    /// Returns the mappings whose lookups lead from a mapping and back to it, itself included; none if there are none.
    /// </summary>
    public IReadOnlySet<string> CircleOf(string mapping) => circles[mapping];

    /// <exception cref="SyncConfigurationException">
    /// A mapping is invalid. The exception lists every problem of every mapping.
    /// </exception>
    public void RequireValid()
    {
        var needed = InOrder.Where(IsNeeded).ToList();
        var problems = needed.SelectMany(mapping => mapping.Problems).Distinct().ToList();
        var unreadable = needed.Where(mapping => mapping.Failure is not null).ToList();
        if (problems.Count > 0)
        {
            problems.AddRange(unreadable.Select(mapping =>
                $"Mapping '{mapping.Name}': could not be validated. {ReasonOf.Failure(mapping.Failure!)}"));
            throw new SyncConfigurationException(problems);
        }

        if (unreadable.Count > 0)
        {
            ExceptionDispatchInfo.Throw(unreadable[0].Failure!);
        }
    }

    // Like a field mapping that is switched off, unless lookups of other mappings lead through it.
    private bool IsNeeded(CheckedMapping mapping) => mapping.Mapping.IsEnabled || InOrder.Any(other =>
        other.Mapping.IsEnabled && other.Lookups.Contains(mapping.Name, StringComparer.OrdinalIgnoreCase));

    // A lookup needs the tables of the mapping through which it leads.
    private Exception? ObstacleOfLookups(CheckedMapping mapping)
    {
        foreach (var via in mapping.Lookups)
        {
            if (byName.GetValueOrDefault(via) is not { Obstacle: { } obstacle } invalid)
            {
                continue;
            }

            var text = $"Mapping '{mapping.Name}': looks up through mapping '{invalid.Name}', which is invalid.";
            return obstacle is SyncConfigurationException { Problems: var problems }
                ? new SyncConfigurationException([text, .. problems])
                : obstacle;
        }

        return null;
    }
}
