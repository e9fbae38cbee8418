using System.Collections.Frozen;

namespace Dataverse.Sync;

/// <summary>Own transformation rules by name, for mappings that are read from configuration.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public sealed class TransformationRuleRegistry
{
    private readonly FrozenDictionary<string, ITransformationRule> rules;

    /// <summary>Initializes a new instance of the <see cref="TransformationRuleRegistry"/> class.</summary>
    /// <param name="rules">The rules. Their names are compared without regard to letter case.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rules"/> is null.</exception>
    /// <exception cref="ArgumentException">A name is empty or occurs twice.</exception>
    public TransformationRuleRegistry(params IEnumerable<ITransformationRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var byName = new Dictionary<string, ITransformationRule>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in rules)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(rule.Name, nameof(rules));
            if (!byName.TryAdd(rule.Name, rule))
            {
                throw new ArgumentException($"Two transformation rules have the name '{rule.Name}'.", nameof(rules));
            }
        }

        this.rules = byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A registry without rules.</summary>
    public static TransformationRuleRegistry Empty { get; } = new();

    /// <summary>The names of the rules.</summary>
    public IEnumerable<string> Names => rules.Keys.Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a rule.</summary>
    /// <param name="name">The name of the rule, compared without regard to letter case.</param>
    /// <returns>The rule, or null if there is none of this name.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public ITransformationRule? Find(string name) => rules.GetValueOrDefault(name);
}
