namespace Dataverse.Sync;

/// <summary>The rules and converters to which mappings in JSON refer by name.</summary>
/// <remarks>
/// Names are compared without regard to letter case. Fill it before documents are read; it is not safe for concurrent
/// changes. Each method returns the same instance.
/// </remarks>
public sealed class NamedCode
{
    internal CodeNames<ISyncRule> Rules { get; } = new();

    internal CodeNames<IFieldConverter> Converters { get; } = new();

    /// <summary>Registers a rule. A mapping names it in <c>rules</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="rule">The rule. It serves all runs of all mappings that name it.</param>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> is null, empty, or white space, or another rule has it.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    public NamedCode AddRule(string name, ISyncRule rule)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(rule);
        Rules.Add(name, rule);
        return this;
    }

    /// <summary>Registers a converter. A field mapping names it in <c>converter</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="converter">The converter. It serves all field mappings that name it.</param>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> is null, empty, or white space, or another converter has it.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="converter"/> is null.</exception>
    public NamedCode AddConverter(string name, IFieldConverter converter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(converter);
        Converters.Add(name, converter);
        return this;
    }
}
