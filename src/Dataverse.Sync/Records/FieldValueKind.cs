namespace Dataverse.Sync;

/// <summary>Specifies what a <see cref="FieldValue"/> contains.</summary>
public enum FieldValueKind : byte
{
    /// <summary>
    /// No value: null in Dataverse; an empty text, the zero GUID, or the date 0001-01-01 in Business Central.
    /// </summary>
    Blank,

    /// <summary>A text of at least one character. Business Central's codes and enumeration members are texts.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of 64 bits. Dataverse choices are whole numbers.</summary>
    Integer,

    /// <summary>A decimal number. Its scale has no meaning: 10.50 equals 10.5.</summary>
    Decimal,

    /// <summary>A GUID that is not a reference to a known table.</summary>
    Identifier,

    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>An instant in UTC.</summary>
    DateTime,

    /// <summary>The id of a record and the name of its table.</summary>
    Reference,

    /// <summary>
    /// A value that a system returned in a form that its connector cannot read, such as a number that is too large.
    /// </summary>
    /// <remarks>The engine fails the record, and neither writes nor blanks the field on the other side.</remarks>
    Unreadable,

    /// <summary>
    /// Several options of a choice: a set of whole numbers without order. The empty set is <see cref="Blank"/>.
    /// </summary>
    MultiChoice,

    /// <summary>A length of time, which may be negative.</summary>
    Duration,

    /// <summary>A time of day, without a date or a time zone.</summary>
    Time,
}
