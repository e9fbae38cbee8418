namespace Dataverse.Sync.Documents;

/// <summary>What a reader of a document needs besides the nodes.</summary>
/// <param name="Problems">Receives what is wrong.</param>
/// <param name="Code">The rules and converters by their names.</param>
internal sealed record Reading(Problems Problems, NamedCode Code)
{
    private readonly Dictionary<Type, object> shared = [];

    /// <summary>
    /// The changes of field mappings that do not exist, or null if such a change is a problem. A stored override survives
    /// the field mapping that it changed.
    /// </summary>
    public List<string>? Obsolete { get; init; }

    /// <summary>Adds what is wrong with a node.</summary>
    public void Add(Node node, string text) => Problems.Add(node, text);

    /// <summary>Returns the one instance of a type that all mappings of the document share.</summary>
    public T Share<T>(Func<T> create)
        where T : class
    {
        if (!shared.TryGetValue(typeof(T), out var known))
        {
            known = create();
            shared.Add(typeof(T), known);
        }

        return (T)known;
    }
}
