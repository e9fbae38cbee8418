using System.Globalization;
using System.Text.Json;
using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Compiles a condition of a <c>QueryExpression</c> in JSON. Operators that exist as query functions mean the same; others
/// are compared here, and what the emulator cannot tell is refused.
/// </summary>
internal sealed class ConditionReader(DataverseTableSchema table, QueryScope scope)
{
    private static readonly StringSemantics Strings = StringSemantics.Like;

    private readonly IReadOnlyDictionary<string, RowFunction> functions = QueryFunctionSet.Create(scope);
    private readonly RowAccessor rows = new(scope.State);
    private readonly IEdmEntityType type = scope.State.Schema.Model.EntityContainer.FindEntitySet(table.SetName).EntityType;

    /// <exception cref="DataverseErrorException">The condition is malformed, or its operator is not evaluated.</exception>
    /// <exception cref="ODataQueryException">A column does not exist, or a value has another type.</exception>
    public Func<DataverseRow, bool> Read(JsonElement condition)
    {
        JsonMembers.Check(
            condition, "ConditionExpression", ["AttributeName", "Operator", "Values"], "EntityName", "CompareColumns");
        if (condition.TryGetProperty("CompareColumns", out var compares) && compares.ValueKind is JsonValueKind.True)
        {
            throw JsonMembers.NotEmulated("CompareColumns");
        }

        var name = JsonMembers.Text(condition, "AttributeName");
        var values = Values(condition);
        return JsonMembers.Text(condition, "Operator") switch
        {
            "Null" => Compare(name, values, 0, (value, _) => value is null),
            "NotNull" => Compare(name, values, 0, (value, _) => value is not null),
            "Equal" => Compare(name, values, 1, (value, other) => Order(value, other[0]) == 0),
            "NotEqual" => Compare(name, values, 1, (value, other) => Order(value, other[0]) != 0),
            "GreaterThan" => Compare(name, values, 1, (value, other) => Order(value, other[0]) > 0),
            "GreaterEqual" => Compare(name, values, 1, (value, other) => Order(value, other[0]) >= 0),
            "LessThan" => Compare(name, values, 1, (value, other) => Order(value, other[0]) < 0),
            "LessEqual" => Compare(name, values, 1, (value, other) => Order(value, other[0]) <= 0),
            "Like" => Like(name, values, "{0}"),
            "BeginsWith" => Like(name, values, "{0}%"),
            "EndsWith" => Like(name, values, "%{0}"),
            var function => Function(function, name, values),
        };
    }

    private Func<DataverseRow, bool> Compare(string name, string[] values, int count, Func<object?, object?[], bool> test)
    {
        if (values.Length != count)
        {
            throw DataverseErrors.InvalidArgument($"The condition on '{name}' has a wrong number of values.");
        }

        var arguments = Arguments(name, values);
        var property = FunctionBinding.Property(type, arguments);
        var others = count == 0 ? [] : FunctionBinding.Values(property, arguments);
        return row => test(rows.Value(row, property.Name), others);
    }

    private Func<DataverseRow, bool> Like(string name, string[] values, string form) =>
        Compare(name, values, 1, (value, other) => value is string text && LikeStringSemantics.IsMatch(
            text, form.Replace("{0}", (string)other[0]!, StringComparison.Ordinal)));

    private Func<DataverseRow, bool> Function(string name, string property, string[] values)
    {
        if (!functions.TryGetValue($"{DataverseSchema.Namespace}.{name}", out var function))
        {
            throw JsonMembers.NotEmulated($"the operator '{name}'");
        }

        var shape = QueryFunctions.Shapes.Single(shape => shape.Name == name);
        var takesMany = shape.Parameters.Any(parameter => parameter.IsCollection);
        if (!takesMany && values.Length != shape.Parameters.Count - 1)
        {
            throw DataverseErrors.InvalidArgument($"The condition on '{property}' has a wrong number of values.");
        }

        var arguments = Arguments(property, values);
        if (!takesMany)
        {
            _ = arguments.Remove(QueryFunctions.Values);
            if (values is [var value])
            {
                arguments[QueryFunctions.Value] = shape.Parameters[1].Kind is EdmPrimitiveTypeKind.Int64
                    && long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : value;
            }
        }

        var test = function(type, arguments);
        return row => test(column => rows.Value(row, column));
    }

    private static Dictionary<string, object?> Arguments(string name, string[] values) => new(StringComparer.Ordinal)
    {
        [QueryFunctions.Property] = name,
        [QueryFunctions.Values] = values.Cast<object?>().ToArray(),
    };

    private static int? Order(object? value, object? other) =>
        value is null || other is null ? null : ScalarValues.Compare(value, other, Strings);

    // A value is written with the name of its type, which the column decides anyway.
    private static string[] Values(JsonElement condition) =>
        !condition.TryGetProperty("Values", out var values) || values.ValueKind is JsonValueKind.Null ? []
        : values.ValueKind is not JsonValueKind.Array ? throw DataverseErrors.BadPayload("'Values' is no array.")
        : [.. values.EnumerateArray().Select(value =>
            value.ValueKind is JsonValueKind.Object && value.TryGetProperty("Value", out var inner)
                && inner.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array)
                ? inner.ToString()
                : throw DataverseErrors.BadPayload("A value of a condition needs a 'Type' and a 'Value'."))];
}
