using System.Globalization;
using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The end of a page, opaque to clients: XML in XML, as the service sends it.</summary>
internal sealed partial record PagingCookie(int Page, string Position, bool IsTracking)
{
    public string Encode()
    {
        var inner = Uri.EscapeDataString(
            Uri.EscapeDataString($"<cookie page=\"{Page - 1}\"><position value=\"{Position}\" /></cookie>"));
        var text =
            $"<cookie pagenumber=\"{Page}\" pagingcookie=\"{inner}\" istracking=\"{(IsTracking ? "True" : "False")}\" />";
        return Uri.EscapeDataString(text);
    }

    /// <exception cref="DataverseErrorException">The text is no cookie of this service.</exception>
    public static PagingCookie Decode(string text)
    {
        var outer = Outer().Match(text);
        var inner = outer.Success
            ? Inner().Match(Uri.UnescapeDataString(Uri.UnescapeDataString(outer.Groups["inner"].Value)))
            : Match.Empty;
        if (!inner.Success
            || !int.TryParse(outer.Groups["page"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var page))
        {
            throw new DataverseErrorException(400, "0x8004430A", "The paging cookie is malformed.");
        }

        return new PagingCookie(page, inner.Groups["position"].Value, outer.Groups["tracking"].Value == "True");
    }

    [GeneratedRegex(
        "^<cookie pagenumber=\"(?<page>[0-9]+)\" pagingcookie=\"(?<inner>[^\"]*)\" istracking=\"(?<tracking>True|False)\" />$")]
    private static partial Regex Outer();

    [GeneratedRegex(
        "^<cookie page=\"[0-9]+\"><position value=\"(?<position>[^\"]*)\" /></cookie>$")]
    private static partial Regex Inner();
}
