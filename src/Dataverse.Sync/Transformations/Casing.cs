using System.Globalization;

namespace Dataverse.Sync;

/// <summary>
/// Changes the case of texts. Only Turkish and Azerbaijani, which have an i without a dot, differ from all other languages.
/// </summary>
internal static class Casing
{
    private static TextInfo Invariant => CultureInfo.InvariantCulture.TextInfo;

    public static string ToUpper(string text, string culture) =>
        Invariant.ToUpper(HasDotlessI(culture) ? text.Replace('i', 'İ').Replace('ı', 'I') : text);

    public static string ToLower(string text, string culture) =>
        Invariant.ToLower(HasDotlessI(culture) ? text.Replace('I', 'ı').Replace('İ', 'i') : text);

    public static string ToTitleCase(string text, string culture)
    {
        var title = Invariant.ToTitleCase(text);
        return HasDotlessI(culture) && title.Length == text.Length
            ? string.Create(title.Length, (text, title), Dot)
            : title;
    }

    private static void Dot(Span<char> result, (string Text, string Title) texts)
    {
        for (var index = 0; index < result.Length; index++)
        {
            result[index] = (texts.Text[index], texts.Title[index]) switch
            {
                ('i', 'I') => 'İ',
                ('I', 'i') => 'ı',
                (_, var letter) => letter,
            };
        }
    }

    private static bool HasDotlessI(string culture) =>
        culture.StartsWith("tr", StringComparison.OrdinalIgnoreCase)
        || culture.StartsWith("az", StringComparison.OrdinalIgnoreCase);
}
