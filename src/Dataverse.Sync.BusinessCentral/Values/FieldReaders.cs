using System.Text.Json;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// The readers of JSON values by field type, with Business Central's blank conventions: sentinels instead of null.
/// </summary>
internal static class FieldReaders
{
    // The database's first date is 1753-01-01; older servers let it through where a date is blank.
    private static readonly DateOnly LastBlank = new(1753, 1, 1);

    /// <summary>The reader of a field's type.</summary>
    public static FieldReader Of(FieldType type) => type switch
    {
        FieldType.Text => JsonFields.Text,
        FieldType.Boolean => JsonFields.Boolean,
        FieldType.Integer => JsonFields.Integer,
        FieldType.Decimal => JsonFields.Decimal,
        FieldType.Date => Date,
        FieldType.DateTime => DateTime,
        FieldType.Duration => JsonFields.Duration,
        FieldType.Time => JsonFields.Time,
        FieldType.Choice => new ChoiceReader().Read,
        _ => JsonFields.Identifier,
    };

    private static FieldValue Date(ref Utf8JsonReader reader)
    {
        var value = JsonFields.Date(ref reader);
        return value.IsBlank || value.AsDate() <= LastBlank ? default : value;
    }

    private static FieldValue DateTime(ref Utf8JsonReader reader)
    {
        var value = JsonFields.DateTime(ref reader);
        return value.IsBlank || DateOnly.FromDateTime(value.AsDateTime().UtcDateTime) <= LastBlank ? default : value;
    }
}
