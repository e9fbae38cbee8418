namespace Dataverse.Sync;

/// <summary>What a <see cref="FieldValue"/> holds.</summary>
public enum FieldValueKind : byte
{
    /// <summary>No value: null in Dataverse; an empty text, the zero GUID, or the year-one date in Business Central.</summary>
    Blank,

    /// <summary>Text of at least one character. Business Central's codes and enumeration members are text too.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of at most 64 bits; also the value of a Dataverse choice.</summary>
    Integer,

    /// <summary>A decimal number; the scale carries no meaning, 10.50 equals 10.5.</summary>
    Decimal,

    /// <summary>A GUID that is not a reference to a known table.</summary>
    Identifier,

    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>An instant, kept in UTC.</summary>
    DateTime,

    /// <summary>The id of a record together with the name of its table.</summary>
    Reference,
}
