namespace Dataverse.Sync;

/// <summary>What a field can hold.</summary>
public enum FieldType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A decimal number, also an amount of money.</summary>
    Decimal,

    /// <summary>A GUID, with or without a known meaning.</summary>
    Identifier,

    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>An instant.</summary>
    DateTime,

    /// <summary>One of a set of options: a whole number in Dataverse, a member name in Business Central.</summary>
    Choice,

    /// <summary>A reference to a record of one of several tables.</summary>
    Reference,
}
