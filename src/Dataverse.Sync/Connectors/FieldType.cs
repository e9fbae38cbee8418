namespace Dataverse.Sync;

/// <summary>Specifies the type of a field.</summary>
public enum FieldType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A decimal number or an amount of money.</summary>
    Decimal,

    /// <summary>A GUID that is not known to refer to a table.</summary>
    Identifier,

    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>An instant.</summary>
    DateTime,

    /// <summary>One of a set of options: a whole number in Dataverse, a member name in Business Central.</summary>
    Choice,

    /// <summary>A reference to a record of one or more tables.</summary>
    Reference,

    /// <summary>Any number of a set of options, which are whole numbers.</summary>
    MultiChoice,

    /// <summary>A length of time: whole minutes in Dataverse, milliseconds in Business Central.</summary>
    Duration,

    /// <summary>A time of day. Dataverse has no columns of this type.</summary>
    Time,
}
