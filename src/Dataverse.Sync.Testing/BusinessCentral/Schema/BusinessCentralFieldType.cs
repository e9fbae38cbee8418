namespace Dataverse.Sync.Testing;

/// <summary>
/// The type of a property of an API page. It decides the JSON form, the blank value, and the normalization.
/// </summary>
public enum BusinessCentralFieldType
{
    /// <summary>Text, stored as sent. Blank is <c>""</c>.</summary>
    Text,

    /// <summary>Text, stored in upper case without surrounding blanks. Blank is <c>""</c>.</summary>
    Code,

    /// <summary>A GUID in lower case. Blank is the zero GUID.</summary>
    Guid,

    /// <summary>A JSON number whose scale is not preserved. Blank is 0.</summary>
    Decimal,

    /// <summary>A 32-bit integer. Blank is 0.</summary>
    Integer,

    /// <summary>A 64-bit integer. Blank is 0.</summary>
    BigInteger,

    /// <summary>True or <see langword="false"/>. Blank is <see langword="false"/>.</summary>
    Boolean,

    /// <summary>A date in the form <c>YYYY-MM-DD</c>. Blank is <c>0001-01-01</c>.</summary>
    Date,

    /// <summary>
    /// A point in time in UTC with up to three decimals of a second. Blank is <c>0001-01-01T00:00:00Z</c>.
    /// </summary>
    DateTime,

    /// <summary>
    /// The name of an enum member, escaped as an XML name (<c>_x0020_</c> for the blank member). Blank is the first
    /// member.
    /// </summary>
    Enum,

    /// <summary>
    /// A length of time in milliseconds, as a duration of ISO 8601, such as <c>PT1H30M</c>. Blank is <c>PT0S</c>.
    /// </summary>
    Duration,

    /// <summary>
    /// A time of day with up to three decimals of a second, such as <c>08:30:00</c>. Blank is <c>00:00:00</c>.
    /// </summary>
    Time,

    /// <summary>
    /// A picture or file, which is no value in JSON but has an address of its own. Blank is empty. Tests set it as
    /// base64.
    /// </summary>
    Stream,
}
