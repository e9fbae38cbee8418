using System.Globalization;
using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Writes rows as JSON: the tag, the selected columns including nulls, always the key, and the requested annotations.
/// </summary>
internal sealed class RowSerializer(
    QueryScope scope, AnnotationFilter annotations, string root, QueryEvaluation evaluation)
{
    private readonly DatabaseState state = scope.State;
    private readonly RowAccessor rows = new(scope.State);

    public void WriteRow(Utf8JsonWriter writer, DataverseRow row, ODataQuery query)
    {
        writer.WriteStartObject();
        WriteMembers(writer, row, query);
        writer.WriteEndObject();
    }

    public void WriteMembers(Utf8JsonWriter writer, DataverseRow row, ODataQuery query)
    {
        var table = state.Schema[row.Table];
        writer.WriteString("@odata.etag", row.ETag);
        foreach (var column in Columns(table, query.Select))
        {
            WriteColumn(writer, table, column, row);
        }

        if (table.Definition.IsPrincipal)
        {
            writer.WriteString(SystemColumns.Owner, row.Id);
        }

        foreach (var expand in query.Expand)
        {
            WriteExpanded(writer, table, row, expand);
        }
    }

    /// <summary>The list of columns and expansions in the context URL, in parentheses; empty for all columns.</summary>
    public static string ContextList(ODataQuery query)
    {
        var parts = (query.Select ?? []).Concat(
            query.Expand.Select(expand => $"{expand.Navigation}{Parenthesized(expand.Query)}")).ToArray();
        return parts.Length == 0 ? "" : $"({string.Join(',', parts)})";
    }

    private static string Parenthesized(ODataQuery query) => ContextList(query) is { Length: > 0 } list ? list : "()";

    private static IEnumerable<DataverseColumn> Columns(DataverseTableSchema table, IReadOnlyList<string>? select)
    {
        if (select is null)
        {
            return table.Columns;
        }

        var wanted = new List<DataverseColumn>();
        foreach (var property in select)
        {
            if (!table.TryGetByProperty(property, out var column))
            {
                continue;
            }

            wanted.Add(column);

            // The service adds what it needs to show the value: the currency of money, the composite of an address.
            if (column.Type is DataverseColumnType.Money && table.Find(SystemColumns.Currency) is { } currency)
            {
                wanted.Add(currency);
            }

            if (property.StartsWith("address", StringComparison.Ordinal) && property.Length > 9
                && table.Find(property[..9] + "composite") is { } composite)
            {
                wanted.Add(composite);
            }
        }

        return wanted.Append(table[table.Key]).Distinct();
    }

    private void WriteColumn(
        Utf8JsonWriter writer, DataverseTableSchema table, DataverseColumn column, DataverseRow row)
    {
        var name = column.PropertyName;
        if (column.Name == table.Key)
        {
            writer.WriteString(name, row.Id);
            return;
        }

        if (column.IsWriteOnly || state.Hidden.Omits(table.LogicalName, column.Name))
        {
            return;
        }

        var value = column.Name == SystemColumns.VersionNumber
            ? row.Version
            : state.Hidden.Shown(table.LogicalName, column.Name, row[column.Name]);
        if (value is not null)
        {
            WriteAnnotations(writer, table, column, row, value);
        }

        writer.WritePropertyName(name);
        WriteValue(writer, column, value);
    }

    private void WriteAnnotations(
        Utf8JsonWriter writer, DataverseTableSchema table, DataverseColumn column, DataverseRow row, object value)
    {
        var name = column.PropertyName;
        if (annotations.Includes(AnnotationFilter.FormattedValue)
            && FormattedValues.Of(column, value, row, rows, state) is { } text)
        {
            writer.WriteString($"{name}@{AnnotationFilter.FormattedValue}", text);
        }

        if (value is not DataverseReference reference)
        {
            return;
        }

        if (annotations.Includes(AnnotationFilter.AssociatedNavigation)
            && table.LookupNavigations.FirstOrDefault(
                entry => entry.Column == column && entry.Tables.Contains(reference.Table)) is { } navigation)
        {
            writer.WriteString($"{name}@{AnnotationFilter.AssociatedNavigation}", navigation.Name);
        }

        if (annotations.Includes(AnnotationFilter.LookupLogicalName))
        {
            writer.WriteString($"{name}@{AnnotationFilter.LookupLogicalName}", reference.Table);
        }
    }

    public static void WriteValue(Utf8JsonWriter writer, DataverseColumn column, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number + Zero(column.Type is DataverseColumnType.Money ? 4 : column.Precision));
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case Guid id:
                writer.WriteStringValue(id);
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                break;
            case DateOnly day:
                writer.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case DataverseReference reference:
                writer.WriteStringValue(reference.Id);
                break;
            default:
                throw new InvalidOperationException($"A {value.GetType().Name} cannot be a column's value.");
        }
    }

    // Adding a zero of a scale gives the sum that scale, and so its decimals in JSON.
    private static decimal Zero(int scale) => new(0, 0, 0, false, (byte)scale);

    private void WriteExpanded(Utf8JsonWriter writer, DataverseTableSchema table, DataverseRow row, ODataExpand expand)
    {
        if (table.TryGetNavigation(expand.Navigation, out _))
        {
            writer.WritePropertyName(expand.Navigation);
            if (rows.Related(row, expand.Navigation) is not { } related)
            {
                writer.WriteNullValue();
            }
            else if (expand.ReferenceOnly)
            {
                WriteReference(writer, related);
            }
            else
            {
                WriteRow(writer, related, expand.Query);
            }

            return;
        }

        writer.WriteStartArray(expand.Navigation);
        foreach (var item in evaluation.Apply(rows.RelatedRows(row, expand.Navigation), expand.Query, scope)
            .Take(expand.Query.Top ?? int.MaxValue))
        {
            WriteRow(writer, item, expand.Query);
        }

        writer.WriteEndArray();
        writer.WriteString(
            $"{expand.Navigation}@odata.nextLink",
            $"{root}{table.SetName}({row.Id})/{expand.Navigation}{NestedQuery(expand)}");
    }

    // The link asks for the same rows and columns as the expansion did.
    private static string NestedQuery(ODataExpand expand) => expand.Options.Count == 0
        ? ""
        : "?" + string.Join('&', expand.Options.Select(option => $"{option.Key}={Uri.EscapeDataString(option.Value)}"));

    private void WriteReference(Utf8JsonWriter writer, DataverseRow row)
    {
        writer.WriteStartObject();
        writer.WriteString("@odata.id", $"{root}{state.Schema[row.Table].SetName}({row.Id})");
        writer.WriteEndObject();
    }
}
