using System.Collections.Frozen;

namespace Dataverse.Sync.Shared;

/// <summary>The field types of Dataverse's column types.</summary>
internal static class ColumnTypes
{
    /// <summary>
    /// Our name for choices of several options, which the metadata call <c>Virtual</c> like images and others.
    /// </summary>
    public const string MultiSelect = "MultiSelectPicklist";

    /// <summary>Whole numbers of 32 bits.</summary>
    public const string Integer = "Integer";

    /// <summary>The format of whole numbers that are minutes.</summary>
    public const string DurationFormat = "Duration";

    /// <summary>Amounts of money.</summary>
    public const string Money = "Money";

    /// <summary>Floating-point numbers.</summary>
    public const string Double = "Double";

    private static readonly FrozenDictionary<string, FieldType> Types = new Dictionary<string, FieldType>
    {
        ["String"] = FieldType.Text,
        ["Memo"] = FieldType.Text,
        ["Boolean"] = FieldType.Boolean,
        ["Picklist"] = FieldType.Choice,
        ["State"] = FieldType.Choice,
        ["Status"] = FieldType.Choice,
        [Integer] = FieldType.Integer,
        ["BigInt"] = FieldType.Integer,
        ["Decimal"] = FieldType.Decimal,
        [Double] = FieldType.Decimal,
        [Money] = FieldType.Decimal,
        ["Uniqueidentifier"] = FieldType.Identifier,
        ["Lookup"] = FieldType.Reference,
        ["Customer"] = FieldType.Reference,
        ["Owner"] = FieldType.Reference,
        ["DateTime"] = FieldType.DateTime,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// The field type of a column; null for one that cannot be synchronized, such as a party list or an image.
    /// </summary>
    /// <param name="columnType">The column's type as the metadata name it.</param>
    /// <param name="dateBehavior">For a date and time, its behavior. Its format does not count: a column of the format
    /// DateOnly may still hold an instant.</param>
    /// <param name="numberFormat">For a whole number, its format.</param>
    public static FieldType? Of(string? columnType, string? dateBehavior, string? numberFormat)
    {
        if (columnType is null || !Types.TryGetValue(columnType, out var type))
        {
            return null;
        }

        return type switch
        {
            FieldType.DateTime when dateBehavior == "DateOnly" => FieldType.Date,
            FieldType.Integer when columnType == Integer && numberFormat == DurationFormat => FieldType.Duration,
            _ => type,
        };
    }

    /// <summary>Whether the service itself fills a column of a new record, so that no value is required.</summary>
    public static bool IsFilledBySystem(string? columnType) => columnType is "Owner" or "State" or "Status";
}
