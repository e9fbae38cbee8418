using System.Globalization;

namespace Dataverse.Sync.Execution;

/// <summary>The rules that transform the values of a field on their way to a side.</summary>
internal sealed class TransformationChain
{
    private static readonly TransformationChain Empty = new([], null, null);
    private static readonly FieldSchema AnyText = new() { Name = string.Empty, Type = FieldType.Text };
    private readonly ITransformationRule[] rules;
    private readonly FieldSchema? source;
    private readonly FieldSchema? target;

    private TransformationChain(ITransformationRule[] rules, FieldSchema? source, FieldSchema? target)
    {
        (this.rules, this.source, this.target) = (rules, source, target);
        Loss = rules.Length == 0 ? TransformationLoss.None : rules.Max(rule => rule.Loss);
    }

    public bool IsEmpty => rules.Length == 0;

    /// <summary>The greatest loss of a rule.</summary>
    public TransformationLoss Loss { get; }

    public static TransformationChain To(SyncSide target, IFieldMapping mapping, Sides<FieldSchema?> schemas) =>
        mapping.TransformationsTo(target) is { Count: > 0 } rules
            ? new([.. rules], schemas[target.Opposite()], schemas[target])
            : Empty;

    /// <summary>Transforms a value of the source. What user code throws is passed on.</summary>
    /// <exception cref="FormatException">A rule cannot transform the value.</exception>
    public FieldValue Apply(FieldValue value)
    {
        if (rules.Length == 0)
        {
            return value;
        }

        value = LabelOf(value);
        foreach (var rule in rules)
        {
            value = rule.Apply(value);
        }

        return value.Kind == FieldValueKind.Text ? Read(value) : value;
    }

    // Rules are about what people see, as in Business Central.
    private FieldValue LabelOf(FieldValue value)
    {
        if (value.Kind == FieldValueKind.MultiChoice && source is { } several)
        {
            return MultiChoiceConversion.ToText(value, several, AnyText, isConverted: false);
        }

        foreach (var option in source is { Type: FieldType.Choice } ? source.Options : [])
        {
            if (option.Value == value)
            {
                return FieldValue.Text(option.Label);
            }
        }

        return value;
    }

    private FieldValue Read(FieldValue text) => target?.Type switch
    {
        FieldType.Date when Instants.DateOf(text) is { } date => FieldValue.Date(date),
        FieldType.DateTime when Instants.Of(text) is { } instant => FieldValue.DateTime(instant),
        FieldType.Boolean => FieldValue.Boolean(ToBoolean(text.AsText())),
        FieldType.Identifier when Guid.TryParse(text.AsText(), CultureInfo.InvariantCulture, out var id) =>
            FieldValue.Identifier(id),
        _ => text,
    };

    private static bool ToBoolean(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" => true,
        "FALSE" or "NO" or "0" => false,
        _ => throw new UnfitValueException("the text is neither true nor false."),
    };
}
