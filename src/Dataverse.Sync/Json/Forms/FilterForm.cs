using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Json;

/// <summary>A filter as a tree of objects. The one place where a node of a filter is read and written.</summary>
internal sealed class FilterForm : Form<RecordFilter>
{
    private const string All = "all";
    private const string Any = "any";
    private const string Not = "not";
    private const string Field = "field";
    private const string Operator = "operator";
    private const string Value = "value";
    private const string RefersTo = "refersTo";

    private static readonly string[] Conditions = [Field, Operator, Value, RefersTo];

    public static FilterForm Instance { get; } = new();

    // What is put in the place of a filter that cannot be read. The document is refused anyway.
    public static RecordFilter Nothing { get; } = RecordFilter.All();

    public override RecordFilter Read(Node node, RecordFilter before, Reading reading)
    {
        if (node.Kind != NodeKind.Object)
        {
            return Refuse(node, reading, $"is {node.KindText}; it must be an object with '{All}', '{Any}', '{Not}', or '{Field}'.");
        }

        return node.Members is [var (name, operand)] && !node.Names.Equals(name, Field)
            ? ReadCombination(node, name, operand, reading)
            : ReadCondition(node, reading);
    }

    public override void Write(Utf8JsonWriter writer, RecordFilter value, NamedCode code)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case AllOf all:
                WriteEach(writer, All, all.Filters, code);
                break;
            case AnyOf any:
                WriteEach(writer, Any, any.Filters, code);
                break;
            case Negation negation:
                writer.WritePropertyName(Not);
                Write(writer, negation.Filter, code);
                break;
            case ReferenceTarget target:
                writer.WriteString(Field, target.Field);
                writer.WriteString(RefersTo, target.Table);
                break;
            case FieldComparison comparison:
                WriteComparison(writer, comparison, code);
                break;
            default:
                throw new SyncConfigurationException([$"A filter of the type {value.GetType().Name} cannot be written as data."]);
        }

        writer.WriteEndObject();
    }

    // Not by their equality, which compares lists by reference.
    public override bool AreSame(RecordFilter left, RecordFilter right) => (left, right) switch
    {
        (AllOf one, AllOf other) => AreSame(one.Filters, other.Filters),
        (AnyOf one, AnyOf other) => AreSame(one.Filters, other.Filters),
        (Negation one, Negation other) => AreSame(one.Filter, other.Filter),
        _ => left == right,
    };

    public override JsonObject Describe(SchemaDefinitions definitions) => definitions.Refer("filter", () =>
    {
        JsonObject Filter() => Describe(definitions);
        JsonObject Filters() => new() { ["type"] = "array", ["items"] = Filter() };
        var properties = new JsonObject
        {
            [All] = SchemaDefinitions.Explain(Filters(), "Filters that a record must all pass."),
            [Any] = SchemaDefinitions.Explain(Filters(), "Filters of which a record must pass one."),
            [Not] = SchemaDefinitions.Explain(Filter(), "A filter that a record must not pass."),
            [Field] = new JsonObject { ["type"] = "string", ["description"] = "The field that is compared." },
            [Operator] = SchemaDefinitions.Explain(
                ChoiceForm<ComparisonOperator>.Instance.Describe(definitions), "How the field is compared. The default is Equal."),
            [Value] = SchemaDefinitions.Explain(
                FieldValueForm.Instance.Describe(definitions), "The value with which the field is compared; null for blank."),
            [RefersTo] = new JsonObject
            {
                ["type"] = "string",
                ["description"] = "The table to which the reference in the field must point.",
            },
        };
        return new()
        {
            ["description"] = "A filter: a condition on a field, or other filters combined.",
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
    });

    private static RecordFilter Refuse(Node node, Reading reading, string text)
    {
        reading.Add(node, text);
        return Nothing;
    }

    private bool AreSame(IReadOnlyList<RecordFilter> left, IReadOnlyList<RecordFilter> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => AreSame(pair.First, pair.Second));

    private void WriteEach(Utf8JsonWriter writer, string name, IReadOnlyList<RecordFilter> filters, NamedCode code)
    {
        writer.WriteStartArray(name);
        foreach (var filter in filters)
        {
            Write(writer, filter, code);
        }

        writer.WriteEndArray();
    }

    private static void WriteComparison(Utf8JsonWriter writer, FieldComparison comparison, NamedCode code)
    {
        writer.WriteString(Field, comparison.Field);
        if (comparison.Operator != ComparisonOperator.Equal)
        {
            writer.WritePropertyName(Operator);
            ChoiceForm<ComparisonOperator>.Instance.Write(writer, comparison.Operator, code);
        }

        writer.WritePropertyName(Value);
        FieldValueForm.Instance.Write(writer, comparison.Value, code);
    }

    private RecordFilter ReadCombination(Node node, string name, Node operand, Reading reading)
    {
        if (node.Names.Equals(name, Not))
        {
            return Read(operand, Nothing, reading).Not();
        }

        var isAll = node.Names.Equals(name, All);
        if (!isAll && !node.Names.Equals(name, Any))
        {
            return Refuse(operand, reading, $"is unknown here.{Suggestion.For(name, [All, Any, Not, .. Conditions])}");
        }

        if (NodeList.ItemsOf(operand) is not { } items)
        {
            return Refuse(operand, reading, $"is {operand.KindText}; it must be a list of filters.");
        }

        RecordFilter[] filters = [.. items.Select(item => Read(item, Nothing, reading))];
        return isAll ? RecordFilter.All(filters) : RecordFilter.Any(filters);
    }

    private static RecordFilter ReadCondition(Node node, Reading reading)
    {
        foreach (var (name, value) in node.Members.Where(member => !Conditions.Contains(member.Name, node.Names)))
        {
            var isCombination = node.Names.Equals(name, All) || node.Names.Equals(name, Any) || node.Names.Equals(name, Not);
            reading.Add(value, isCombination
                ? "must be the only member of its filter."
                : $"is unknown here.{Suggestion.For(name, [All, Any, Not, .. Conditions])}");
        }

        if (node.Find(Field) is not { } field)
        {
            return Refuse(node, reading, $"lacks '{Field}', '{All}', '{Any}', or '{Not}'.");
        }

        var problems = reading.Problems.Count;
        var named = TextForm.Instance.Read(field, string.Empty, reading);
        if (node.Find(RefersTo) is { } target)
        {
            var table = TextForm.Instance.Read(target, string.Empty, reading);
            if ((node.Find(Operator) ?? node.Find(Value)) is { } other)
            {
                reading.Add(other, $"does not go together with '{RefersTo}'.");
            }

            return reading.Problems.Count == problems ? RecordFilter.RefersTo(named, table) : Nothing;
        }

        return ReadComparison(node, named, problems, reading);
    }

    private static RecordFilter ReadComparison(Node node, string field, int problems, Reading reading)
    {
        if (node.Find(Value) is not { } value)
        {
            return Refuse(node, reading, $"lacks '{Value}' or '{RefersTo}'.");
        }

        var comparison = node.Find(Operator) is { } given
            ? ChoiceForm<ComparisonOperator>.Instance.Read(given, default, reading)
            : ComparisonOperator.Equal;
        var compared = FieldValueForm.Instance.Read(value, default, reading);
        if (reading.Problems.Count > problems)
        {
            return Nothing;
        }

        try
        {
            return RecordFilter.Compare(field, comparison, compared);
        }
        catch (ArgumentException refusal)
        {
            return Refuse(value, reading, refusal.Message.Split(" (Parameter", 2)[0]);
        }
    }
}
