using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>
/// A filter as a text or as a tree of objects. The one place where a node of a filter is read and written.
/// </summary>
/// <remarks>
/// A filter that was read from a text is written as a text, and any other as a tree, because a text has no types.
/// </remarks>
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
        if (node.Kind == NodeKind.Text)
        {
            return RecordFilter.TryParse(node.Scalar, out var filter, out var problem)
                ? filter
                : Refuse(node, reading, problem.Message);
        }

        if (node.Kind != NodeKind.Object)
        {
            return Refuse(
                node,
                reading,
                $"is {node.KindText}; it must be a filter text, or an object with '{All}', '{Any}', '{Not}', or '{Field}'.");
        }

        return node.Members is [var (name, operand)] && !node.Names.Equals(name, Field)
            ? ReadCombination(node, name, operand, reading)
            : ReadCondition(node, reading);
    }

    public override void Write(Utf8JsonWriter writer, RecordFilter value, NamedCode code)
    {
        if (IsText(value))
        {
            writer.WriteStringValue(value.ToText());
            return;
        }

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
            ["description"] = "A filter: a filter text of Business Central, a condition on a field, or other filters combined.",
            ["type"] = new JsonArray("string", "object"),
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
    });

    private static RecordFilter Refuse(Node node, Reading reading, string text)
    {
        reading.Add(node, text);
        return Nothing;
    }

    // Only a text has patterns, and values whose types the schema decides. Other filters would lose their types as a text.
    private static bool IsText(RecordFilter filter) =>
        filter.Conditions().Any(condition => condition is not (FieldComparison or ReferenceTarget))
        && TextOf(filter) is { } text
        && RecordFilter.TryParse(text, out var read)
        && read == filter;

    private static string? TextOf(RecordFilter filter)
    {
        try
        {
            return filter.ToText();
        }
        catch (InvalidOperationException)
        {
            // Too many filters are within each other.
            return null;
        }
    }

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
