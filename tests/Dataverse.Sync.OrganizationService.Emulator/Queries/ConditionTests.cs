using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>The meaning of the operators of conditions.</summary>
internal static class ConditionTests
{
    /// <exception cref="DataverseErrorException">The operator is not known, or its values do not fit.</exception>
    public static Func<object?, bool> Compile(
        ConditionExpression condition, DataverseColumn column, EmulatedServiceOptions options)
    {
        var values = condition.Values.Select(value => ConditionValues.Read(column, value)).ToArray();
        CheckCount(condition, column);
        var blanks = options.BlanksAreNotEqual;
        return condition.Operator switch
        {
            ConditionOperator.Null => value => value is null,
            ConditionOperator.NotNull => value => value is not null,
            _ when column.Type is DataverseColumnType.MultiChoice =>
                throw Refusals.NotEmulated($"the operator {condition.Operator} on a choice of several"),
            ConditionOperator.Equal => value => Compare(value, values[0]) == 0,
            ConditionOperator.NotEqual => value => value is null ? blanks : Compare(value, values[0]) != 0,
            ConditionOperator.GreaterThan => value => Compare(value, values[0]) > 0,
            ConditionOperator.GreaterEqual => value => Compare(value, values[0]) >= 0,
            ConditionOperator.LessThan => value => Compare(value, values[0]) < 0,
            ConditionOperator.LessEqual => value => Compare(value, values[0]) <= 0,
            ConditionOperator.In => value => values.Any(one => Compare(value, one) == 0),
            ConditionOperator.NotIn => value => value is null ? blanks : values.All(one => Compare(value, one) != 0),
            ConditionOperator.Between => value => Compare(value, values[0]) >= 0 && Compare(value, values[1]) <= 0,
            ConditionOperator.Like => Pattern(values[0], "{0}"),
            ConditionOperator.BeginsWith => Pattern(values[0], "{0}%"),
            ConditionOperator.EndsWith => Pattern(values[0], "%{0}"),
            ConditionOperator.NotLike => value => value is null ? blanks : !Pattern(values[0], "{0}")(value),
            _ => throw Refusals.NotEmulated($"the operator {condition.Operator}"),
        };
    }

    private static void CheckCount(ConditionExpression condition, DataverseColumn column)
    {
        var fits = condition.Operator switch
        {
            ConditionOperator.Null or ConditionOperator.NotNull => condition.Values.Count == 0,
            ConditionOperator.In or ConditionOperator.NotIn => condition.Values.Count > 0,
            ConditionOperator.Between => condition.Values.Count == 2,
            _ => condition.Values.Count == 1,
        };
        if (!fits)
        {
            throw DataverseErrors.InvalidArgument($"The condition on '{column.Name}' has a wrong number of values.");
        }
    }

    // What is empty compares with nothing.
    private static int? Compare(object? value, object other) =>
        value is null ? null : ScalarValues.Compare(value, other, StringSemantics.Like);

    private static Func<object?, bool> Pattern(object value, string form)
    {
        var pattern = form.Replace("{0}", (string)value, StringComparison.Ordinal);
        return text => text is string written && LikeStringSemantics.IsMatch(written, pattern);
    }
}
