namespace Dataverse.Sync.Hosting;

/// <summary>Which mappings must not run before or beside others.</summary>
internal sealed class MappingOrder
{
    private readonly Dictionary<string, Place> places = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Initializes a new instance of the <see cref="MappingOrder"/> class.</summary>
    /// <param name="mappings">
    /// The mappings. Dependencies that form a circle, which an engine refuses, are followed once.
    /// </param>
    public MappingOrder(IReadOnlyList<IIntegrationTableMapping> mappings)
    {
        Mappings = mappings;
        var visited = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var mapping in mappings)
        {
            Visit(mapping);
        }

        void Visit(IIntegrationTableMapping mapping)
        {
            if (!visited.Add(mapping.Name))
            {
                return;
            }

            var needed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var parent in mapping.Dependencies.Select(Named).OfType<IIntegrationTableMapping>())
            {
                Visit(parent);
                if (places.TryGetValue(parent.Name, out var place))
                {
                    _ = needed.Add(parent.Name);
                    needed.UnionWith(place.Needed);
                }
            }

            places.Add(mapping.Name, new(places.Count, mapping, needed));
        }

        IIntegrationTableMapping? Named(string name) =>
            mappings.FirstOrDefault(mapping => string.Equals(mapping.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The mappings as they were given.</summary>
    public IReadOnlyList<IIntegrationTableMapping> Mappings { get; }

    /// <summary>Whether a mapping exists and is switched on.</summary>
    public bool CanRun(string mapping) => places.TryGetValue(mapping, out var place) && place.Mapping.IsEnabled;

    /// <summary>The place of a mapping in dependency order; unknown mappings come last.</summary>
    public int PlaceOf(string mapping) => places.TryGetValue(mapping, out var place) ? place.Number : int.MaxValue;

    /// <summary>Whether a mapping must not start while another one is due or in process.</summary>
    public bool WaitsFor(string mapping, string other) =>
        string.Equals(mapping, other, StringComparison.OrdinalIgnoreCase)
        || (places.TryGetValue(mapping, out var own) && places.TryGetValue(other, out var its)
            && (own.Needed.Contains(other) || HaveSameTables(own.Mapping, its.Mapping)));

    private static bool HaveSameTables(IIntegrationTableMapping left, IIntegrationTableMapping right) =>
        string.Equals(left.LocalTable, right.LocalTable, StringComparison.OrdinalIgnoreCase)
        && string.Equals(left.IntegrationTable, right.IntegrationTable, StringComparison.OrdinalIgnoreCase);

    private sealed record Place(int Number, IIntegrationTableMapping Mapping, HashSet<string> Needed);
}
