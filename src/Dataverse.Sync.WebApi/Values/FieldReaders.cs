using System.Text.Json;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>The readers of JSON values by field type.</summary>
internal static class FieldReaders
{
    /// <summary>The reader of a field's type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="referencedTable">The table of a reference that has one table only; null where an annotation names
    /// the table.</param>
    public static FieldReader Of(FieldType type, string? referencedTable) => type switch
    {
        FieldType.Text => JsonFields.Text,
        FieldType.Boolean => JsonFields.Boolean,
        FieldType.Integer or FieldType.Choice => JsonFields.Integer,
        FieldType.Decimal => JsonFields.Decimal,
        FieldType.Date => JsonFields.Date,
        FieldType.DateTime => JsonFields.DateTime,
        FieldType.MultiChoice => MultiChoice,
        FieldType.Duration => Minutes,
        FieldType.Reference when referencedTable is not null => Reference(referencedTable),
        _ => JsonFields.Identifier,
    };

    /// <summary>The reader of an annotation that names the table of a reference.</summary>
    /// <param name="tables">The tables that the reference may name. Their texts are shared by all records.</param>
    public static FieldReader TableName(IEnumerable<string> tables)
    {
        var names = tables.Select(FieldValue.Text).ToArray();
        return (ref Utf8JsonReader reader) =>
        {
            foreach (var name in names)
            {
                if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(name.AsText()))
                {
                    return name;
                }
            }

            return JsonFields.Text(ref reader);
        };
    }

    private static FieldValue MultiChoice(ref Utf8JsonReader reader)
    {
        var text = JsonFields.Text(ref reader);
        return text.IsBlank ? text
            : OptionNumbers.Parse(text.AsText()) is { } options ? FieldValue.MultiChoice(options)
            : throw JsonFields.NotA("list of options");
    }

    private static FieldValue Minutes(ref Utf8JsonReader reader)
    {
        var minutes = JsonFields.Integer(ref reader);
        return minutes.IsBlank ? minutes
            : minutes.AsInteger() is >= int.MinValue and <= int.MaxValue and var number
                ? FieldValue.Duration(TimeSpan.FromMinutes(number))
            : throw JsonFields.NotA("number of minutes");
    }

    private static FieldReader Reference(string table) => (ref Utf8JsonReader reader) =>
        JsonFields.Identifier(ref reader) is { IsBlank: false } id ? FieldValue.Reference(id.AsIdentifier(), table) : FieldValue.Blank;
}
