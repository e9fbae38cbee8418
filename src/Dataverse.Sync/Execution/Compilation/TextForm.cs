using System.Globalization;
using System.Text;

namespace Dataverse.Sync.Execution;

/// <summary>The forms of a text: how a field stores it, how it is cut, and when two forms are the same text.</summary>
/// <remarks>Texts that already have the wanted form are returned as they are, without allocating memory.</remarks>
internal static class TextForm
{
    // In the invariant globalization mode, the runtime returns texts other than ASCII as they are.
    private static readonly bool CanNormalize = "e\u0301".Normalize(NormalizationForm.FormC).Length == 1;

    /// <summary>Returns a text as a field stores it, at any length.</summary>
    public static string Normalize(string text, FieldSchema field)
    {
        var form = field.TextNormalization;
        if (field.IsCode)
        {
            form |= TextNormalization.TrimsStart | TextNormalization.TrimsEnd | TextNormalization.StoresUpperCase;
        }

        if (form == TextNormalization.None)
        {
            return text;
        }

        if (Has(form, TextNormalization.StoresLineFeeds))
        {
            text = WithLineFeeds(text);
        }

        if (Has(form, TextNormalization.TrimsStart))
        {
            text = text.TrimStart();
        }

        if (Has(form, TextNormalization.TrimsEnd))
        {
            text = text.TrimEnd();
        }

        return Has(form, TextNormalization.StoresUpperCase) ? text.ToUpperInvariant() : text;
    }

    /// <summary>
    /// Returns the start of a text that is longer than a limit. A character that people see as one is not divided.
    /// </summary>
    public static string Cut(string text, int longest)
    {
        var end = 0;
        while (end < longest)
        {
            var length = StringInfo.GetNextTextElementLength(text, end);
            if (end + length > longest)
            {
                break;
            }

            end += length;
        }

        // A base character with more marks than the field has room for is divided, but never within a code point.
        return end > 0 || longest <= 0 ? text[..end]
            : char.IsHighSurrogate(text[longest - 1]) ? text[..(longest - 1)]
            : text[..longest];
    }

    /// <summary>
    /// Whether two texts are the same to people: they differ at most in the Unicode normal form, in the characters that
    /// end a line, or, if they are instants, in the zeros at the end of the fraction.
    /// </summary>
    public static bool AreSame(string left, string right) =>
        string.Equals(left, right, StringComparison.Ordinal)
        || (MayHaveForms(left, right)
            && string.Equals(Canonical(left), Canonical(right), StringComparison.Ordinal));

    /// <summary>
    /// Whether a system may have stored one text as another: in another normal form, with other line ends, or without
    /// the white space around it.
    /// </summary>
    public static bool MayBeStoredAs(string sent, string stored)
    {
        var (canonical, found) = (Canonical(sent), Canonical(stored));
        return found == canonical
            || found == canonical.Trim()
            || found == canonical.TrimStart()
            || found == canonical.TrimEnd();
    }

    /// <summary>Returns the text in normal form C, with line feeds, and without superfluous zeros of an instant.</summary>
    public static string Canonical(string text) => InstantText.Shorten(InNormalFormC(WithLineFeeds(text)));

    /// <summary>Returns the text in normal form C. A text with unpaired surrogates has none and stays as it is.</summary>
    public static string InNormalFormC(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        try
        {
            return CanNormalize ? text.Normalize(NormalizationForm.FormC) : CanonicalComposition.Compose(text);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    // Enum.HasFlag boxes both values until the runtime has optimized the caller.
    private static bool Has(TextNormalization form, TextNormalization flag) => (form & flag) != 0;

    private static string WithLineFeeds(string text) => text.Contains('\r', StringComparison.Ordinal)
        ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
        : text;

    private static bool MayHaveForms(string left, string right) => MayHaveForms(left) || MayHaveForms(right);

    private static bool MayHaveForms(string text) =>
        text.Contains('\r', StringComparison.Ordinal) || !Ascii.IsValid(text) || InstantText.HasFraction(text);
}
