namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// One entity type with its set, from which <see cref="EdmModelFactory"/> makes the URL grammar's vocabulary.
/// </summary>
internal sealed record EntityShape
{
    /// <summary>Type name without namespace; case matters.</summary>
    public required string Name { get; init; }

    /// <summary>The URL segment of the collection; null for a type that is reached through navigation only.</summary>
    public string? SetName { get; init; }

    /// <summary>Name of the type this one derives from; it must come earlier in the list of shapes.</summary>
    public string? BaseName { get; init; }

    /// <summary>Whether there are only rows of derived types; such a type needs no key.</summary>
    public bool IsAbstract { get; init; }

    /// <summary>Names of the key properties; empty for a derived type.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    public IReadOnlyList<PropertyShape> Properties { get; init; } = [];

    public IReadOnlyList<NavigationShape> Navigations { get; init; } = [];

    /// <summary>Further sets of properties that identify a row, accepted in key position of a URL.</summary>
    public IReadOnlyList<IReadOnlyList<string>> AlternateKeys { get; init; } = [];
}
