using System.Globalization;

namespace Dataverse.Sync.Shared;

/// <summary>The text of a choice of several options: their numbers, separated by commas.</summary>
internal static class OptionList
{
    /// <summary>The numbers of a text; null when it is no such list.</summary>
    public static IReadOnlyList<int>? Parse(string text)
    {
        var numbers = new List<int>();
        foreach (var part in text.Split(','))
        {
            if (!int.TryParse(part.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>The text of numbers.</summary>
    public static string Format(IEnumerable<int> numbers) =>
        string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
