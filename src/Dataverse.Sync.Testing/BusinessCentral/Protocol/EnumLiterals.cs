using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The enum literals of generated clients, which carry their type: <c>Microsoft.NAV.customerBlocked'All'</c>. Filters
/// treat enums as text.
/// </summary>
internal static partial class EnumLiterals
{
    /// <summary>Removes the types of the page's enums from the literals of a filter.</summary>
    public static string WithoutTypes(string filter, PageSchema page) =>
        filter.Contains(EdmTypes.Namespace, StringComparison.Ordinal)
        ? Literal().Replace(filter, match => IsEnumOf(page, match.Groups["type"]) ? "" : match.Value)
        : filter;

    private static bool IsEnumOf(PageSchema page, Group type) => type.Success && page.Fields.Any(
        field => field.Members.Count > 0 && EdmTypes.Name(page, field) == type.Value);

    // A text is matched first, so that what it contains is left alone.
    [GeneratedRegex("'(?:[^']|'')*'|(?<type>[A-Za-z_][A-Za-z0-9_.]*)(?=')", RegexOptions.CultureInvariant)]
    private static partial Regex Literal();
}
