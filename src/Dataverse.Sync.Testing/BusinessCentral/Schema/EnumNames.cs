using System.Globalization;
using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The XML-name escaping of enum members: <c>_x0020_</c> stands for a blank.</summary>
internal static partial class EnumNames
{
    public const string Blank = "_x0020_";

    public static string Decode(string name) => name.Contains("_x", StringComparison.Ordinal)
        ? Escape().Replace(
            name,
            match => ((char)ushort.Parse(
                match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : name;

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
