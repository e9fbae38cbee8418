using System.Text;
using System.Text.Json;
using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The order of a collection: the properties of <c>$orderby</c>, then the primary key. Skip tokens encode positions in
/// it.
/// </summary>
internal sealed class RowOrdering : IComparer<PageRow>
{
    private readonly PageSchema page;
    private readonly (int Ordinal, bool Descending)[] parts;

    /// <exception cref="BusinessCentralException">The order is by something else than properties.</exception>
    public RowOrdering(PageSchema page, OrderByClause? orderBy)
    {
        this.page = page;
        var named = new List<(int Ordinal, bool Descending)>();
        for (var clause = orderBy; clause is not null; clause = clause.ThenBy)
        {
            named.Add((Ordinal(clause.Expression), clause.Direction == OrderByDirection.Descending));
        }

        IsKeyOrder = named.Count == 0;
        parts =
        [
            .. named,
            .. page.KeyOrdinals.Where(key => named.All(part => part.Ordinal != key)).Select(key => (key, false)),
        ];
    }

    /// <summary>Whether the order is that of the primary key, in which tables are stored.</summary>
    public bool IsKeyOrder { get; }

    public int Compare(PageRow? x, PageRow? y) => Compare([.. Position(x!)], [.. Position(y!)]);

    public bool IsAfter(PageRow row, object[] position) => Compare([.. Position(row)], position) > 0;

    /// <summary>The position after a row.</summary>
    public string Token(PageRow row) => Convert.ToBase64String(RowJson.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var value in Position(row))
        {
            if (value is DateTimeOffset moment)
            {
                writer.WriteNumberValue(moment.UtcTicks);
            }
            else
            {
                FieldValues.Write(writer, value);
            }
        }

        writer.WriteEndArray();
    })).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <exception cref="BusinessCentralException">The token is not one of this order.</exception>
    public object[] Parse(string token)
    {
        try
        {
            var padded = token.Replace('-', '+').Replace('_', '/').PadRight((token.Length + 3) / 4 * 4, '=');
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(padded)));
            var values = document.RootElement.EnumerateArray().ToArray();
            if (values.Length == parts.Length)
            {
                return [.. values.Zip(parts, (value, part) => Read(value, page.Fields[part.Ordinal]))];
            }
        }
        catch (Exception exception)
            when (exception is FormatException or JsonException or InvalidOperationException or BusinessCentralException
                or ArgumentOutOfRangeException)
        {
            // Refused below, like a token with the wrong number of values.
        }

        throw Errors.BadRequest("The value of the query option $skiptoken is not valid.");
    }

    private static object Read(JsonElement value, BusinessCentralField field) =>
        field.Type == BusinessCentralFieldType.DateTime
            ? new DateTimeOffset(value.GetInt64(), TimeSpan.Zero)
            : FieldValues.Read(value, field);

    private IEnumerable<object> Position(PageRow row) => parts.Select(part => row[part.Ordinal]);

    private int Compare(object[] x, object[] y)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            var ordinal = parts[i].Ordinal;
            var order = ScalarValues.Compare(
                Comparable(x[i], ordinal), Comparable(y[i], ordinal), CollationStrings.Instance);
            if (order != 0)
            {
                return parts[i].Descending ? -order : order;
            }
        }

        return 0;
    }

    private int Sortable(int ordinal) => page.Fields[ordinal].Type == BusinessCentralFieldType.Stream
        ? throw Errors.BadRequest($"The property '{page.Fields[ordinal].Name}' cannot be used in $orderby.")
        : ordinal;

    // The database holds the ordinal value of an enum, not the name of the member.
    private object Comparable(object value, int ordinal) =>
        page.Fields[ordinal] is { Type: BusinessCentralFieldType.Enum } field && value is string member
            ? field.Members.TakeWhile(name => name != member).Count()
            : RowKey.Sortable(value);

    private int Ordinal(SingleValueNode expression) => expression switch
    {
        ConvertNode convert => Ordinal(convert.Source),
        SingleValuePropertyAccessNode { Source: ResourceRangeVariableReferenceNode } property =>
            Sortable(page.Ordinal(property.Property.Name)),
        _ => throw Errors.NotImplemented("The expression is not supported in $orderby."),
    };
}
