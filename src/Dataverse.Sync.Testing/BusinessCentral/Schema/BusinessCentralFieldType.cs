namespace Dataverse.Sync.Testing;

/// <summary>
/// Type of a property of an API page, which decides its JSON form, its blank value, and how it is normalized.
/// </summary>
public enum BusinessCentralFieldType
{
    /// <summary>Text, kept as sent; blank is <c>""</c>.</summary>
    Text,

    /// <summary>Text that the table stores trimmed and in upper case; blank is <c>""</c>.</summary>
    Code,

    /// <summary>GUID, printed in lower case; blank is the zero GUID.</summary>
    Guid,

    /// <summary>JSON number whose scale is not preserved; blank is 0.</summary>
    Decimal,

    /// <summary>32-bit integer; blank is 0.</summary>
    Integer,

    /// <summary>64-bit integer; blank is 0.</summary>
    BigInteger,

    /// <summary>True or false; blank is false.</summary>
    Boolean,

    /// <summary>Date <c>YYYY-MM-DD</c>; blank is <c>0001-01-01</c>.</summary>
    Date,

    /// <summary>Moment in UTC with up to milliseconds; blank is <c>0001-01-01T00:00:00Z</c>.</summary>
    DateTime,

    /// <summary>
    /// Name of an enum member, escaped as an XML name (<c>_x0020_</c> for the blank member); blank is the first member.
    /// </summary>
    Enum,
}
