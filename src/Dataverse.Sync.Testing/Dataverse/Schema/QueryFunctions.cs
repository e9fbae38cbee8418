using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The query functions in the namespace <c>Microsoft.Dynamics.CRM</c> that filters may call, with their parameters. The
/// list is that of the "Web API Query Function Reference".
/// </summary>
internal static class QueryFunctions
{
    public const string Property = "PropertyName";
    public const string Value = "PropertyValue";
    public const string Values = "PropertyValues";

    private static readonly RowFunctionParameter Name = new(Property, EdmPrimitiveTypeKind.String);
    private static readonly RowFunctionParameter Text = new(Value, EdmPrimitiveTypeKind.String);
    private static readonly RowFunctionParameter Number = new(Value, EdmPrimitiveTypeKind.Int64);
    private static readonly RowFunctionParameter Many = new(Values, EdmPrimitiveTypeKind.String, IsCollection: true);

    public static IReadOnlyList<RowFunctionShape> Shapes { get; } =
    [
        .. Of([Name, Many], "In", "NotIn", "Between", "NotBetween", "ContainValues", "DoesNotContainValues"),
        .. Of([Name, Text], "On", "OnOrAfter", "OnOrBefore"),
        .. Of([Name, Text], "Under", "UnderOrEqual", "NotUnder", "Above", "AboveOrEqual", "Contains"),
        .. Of([Name], "Yesterday", "Today", "Tomorrow", "Last7Days", "Next7Days"),
        .. Of([Name], "LastWeek", "ThisWeek", "NextWeek", "LastMonth", "ThisMonth", "NextMonth"),
        .. Of([Name], "LastYear", "ThisYear", "NextYear"),
        .. Of([Name, Number], "LastXHours", "LastXDays", "LastXWeeks", "LastXMonths", "LastXYears"),
        .. Of([Name, Number], "NextXHours", "NextXDays", "NextXWeeks", "NextXMonths", "NextXYears"),
        .. Of([Name, Number], "OlderThanXMinutes", "OlderThanXHours", "OlderThanXDays"),
        .. Of([Name, Number], "OlderThanXWeeks", "OlderThanXMonths", "OlderThanXYears"),
        .. Of([Name], "EqualUserId", "NotEqualUserId", "EqualBusinessId", "NotEqualBusinessId"),
        .. Of([Name], "EqualUserTeams", "EqualUserOrUserTeams", "EqualUserLanguage"),
        .. Of([Name], "EqualUserOrUserHierarchy", "EqualUserOrUserHierarchyAndTeams"),
        .. Of([Name], "LastFiscalYear", "ThisFiscalYear", "NextFiscalYear"),
        .. Of([Name], "LastFiscalPeriod", "ThisFiscalPeriod", "NextFiscalPeriod"),
        .. Of([Name, Number], "LastXFiscalYears", "NextXFiscalYears", "LastXFiscalPeriods", "NextXFiscalPeriods"),
        .. Of([Name, Number], "InFiscalYear", "InFiscalPeriod"),
        .. Of(
            [Name, Number with { Name = Value + "1" }, Number with { Name = Value + "2" }],
            "InFiscalPeriodAndYear", "InOrAfterFiscalPeriodAndYear", "InOrBeforeFiscalPeriodAndYear"),
    ];

    private static IEnumerable<RowFunctionShape> Of(
        IReadOnlyList<RowFunctionParameter> parameters, params IEnumerable<string> names) =>
        names.Select(name => new RowFunctionShape(name, parameters));
}
