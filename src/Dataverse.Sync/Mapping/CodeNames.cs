namespace Dataverse.Sync;

/// <summary>Code of one kind by the names under which data refers to it. Letter case of names has no meaning.</summary>
/// <typeparam name="T">The type, such as a rule.</typeparam>
internal sealed class CodeNames<T>
    where T : class
{
    private readonly Dictionary<string, T> byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All names in the order of the alphabet.</summary>
    public IReadOnlyList<string> All => [.. byName.Keys.Order(StringComparer.OrdinalIgnoreCase)];

    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, T code)
    {
        if (!byName.TryAdd(name, code))
        {
            throw new ArgumentException($"The name '{name}' is already registered.", nameof(name));
        }
    }

    /// <summary>Finds the code that a name means.</summary>
    public T? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Finds the name of code: of this very instance, or else of an equal one.</summary>
    public string? NameOf(T code) =>
        byName.FirstOrDefault(item => ReferenceEquals(item.Value, code)).Key
        ?? byName.FirstOrDefault(item => Equals(item.Value, code)).Key;
}
