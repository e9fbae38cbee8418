using System.Xml;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>The names of enumeration members on the wire, escaped as XML names: <c>Bank_x0020_Account</c>.</summary>
internal static class EnumName
{
    /// <summary>The blank member, which is a single space.</summary>
    public const string Blank = "_x0020_";

    /// <summary>The member that a wire text names; the blank member in any of its spellings is blank.</summary>
    public static FieldValue Decode(string? wire)
    {
        var name = XmlConvert.DecodeName(wire);
        return string.IsNullOrWhiteSpace(name) ? default : FieldValue.Text(name);
    }

    public static string Encode(FieldValue member) =>
        member.IsBlank ? Blank : XmlConvert.EncodeLocalName(member.AsText());
}
