using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Checks the settings of one table.</summary>
internal static class TableOptionsValidator
{
    /// <summary>The problems of a table's settings, as sentences.</summary>
    public static IEnumerable<string> ProblemsOf(string name, BusinessCentralTableOptions? table)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return ["A table has no name."];
        }

        return table is null
            ? [$"Table '{name}' has no settings."]
            : Settings(name, table).OfType<string>().Concat(table.Fields.SelectMany(field => FieldProblems(name, field.Key, field.Value)));
    }

    private static IEnumerable<string?> Settings(string name, BusinessCentralTableOptions table) =>
    [
        IsRoute(table.Route) ? null : $"The route of table '{name}' must have the shape publisher/group/version.",
        table.Parents.Count > 0 && table.IsWritable == true
            ? $"Table '{name}' exists under other tables only and cannot be writable."
            : null,
        table.Parents.Any(string.IsNullOrWhiteSpace) ? $"A parent of table '{name}' has no name." : null,
        .. Names(name, table),
    ];

    private static IEnumerable<string?> Names(string name, BusinessCentralTableOptions table) => new[]
    {
        (Option: nameof(table.EntitySet), Value: table.EntitySet),
        (Option: nameof(table.KeyField), Value: table.KeyField),
        (Option: nameof(table.ModifiedOnField), Value: table.ModifiedOnField),
        (Option: nameof(table.BusinessKeyField), Value: table.BusinessKeyField),
        (Option: nameof(table.ParentField), Value: table.ParentField),
    }.Select(item => OptionRules.Blank($"{item.Option} of table '{name}'", item.Value));

    private static IEnumerable<string> FieldProblems(string table, string field, BusinessCentralFieldOptions? settings)
    {
        if (settings is null)
        {
            return [$"Field '{field}' of table '{table}' has no settings."];
        }

        return new[]
        {
            settings.MaxLength < 1 ? $"The greatest length of field '{field}' of table '{table}' must be at least 1." : null,
            settings.Scale is < 0 or > 18 ? $"The scale of field '{field}' of table '{table}' must be between 0 and 18." : null,
            OptionRules.Undefined($"The type of field '{field}' of table '{table}'", settings.Type),
            settings.Members?.Any(string.IsNullOrWhiteSpace) == true
                ? $"A member of field '{field}' of table '{table}' has no name."
                : null,
        }.OfType<string>();
    }

    private static bool IsRoute(string? route) =>
        route is null || route.Split('/') is [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }];
}
