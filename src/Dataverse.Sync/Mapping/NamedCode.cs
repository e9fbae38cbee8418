namespace Dataverse.Sync;

/// <summary>The rules, converters, and transformation rules to which mappings in JSON refer by name.</summary>
/// <remarks>
/// Names are compared without regard to letter case. Fill it before documents are read; it is not safe for concurrent
/// changes. Each method returns the same instance.
/// </remarks>
public sealed class NamedCode
{
    internal CodeNames<ISyncRule> Rules { get; } = new();

    internal CodeNames<IFieldConverter> Converters { get; } = new();

    internal CodeNames<ITransformationRule> Transformations { get; } = new();

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

    /// <summary>
    /// Registers a transformation rule under its own name. A field mapping names it in <c>transformationsToIntegration</c> or
    /// <c>transformationsToLocal</c>.
    /// </summary>
    /// <param name="rule">The rule.</param>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentException">The name of the rule is empty or white space, or another rule has it.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    public NamedCode AddTransformation(ITransformationRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentException.ThrowIfNullOrWhiteSpace(rule.Name, nameof(rule));
        Transformations.Add(rule.Name, rule);
        return this;
    }
}
