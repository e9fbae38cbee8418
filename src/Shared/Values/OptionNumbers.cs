using System.Globalization;

namespace Dataverse.Sync.Shared;

/// <summary>The text of a set of options: their numbers in ascending order, separated by commas.</summary>
internal static class OptionNumbers
{
    /// <summary>The numbers of a text in ascending order, each once; null when it is no such list.</summary>
    public static IReadOnlyList<int>? Parse(string text)
    {
        var numbers = new List<int>();
        foreach (var part in text.AsSpan().Split(','))
        {
            if (!int.TryParse(text.AsSpan(part).Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return IsSorted(numbers) ? numbers : [.. numbers.Distinct().Order()];
    }

    /// <summary>The text of numbers; empty for none.</summary>
    public static string Format(IEnumerable<int> numbers) => string.Join(
        ',', numbers.Distinct().Order().Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static bool IsSorted(List<int> numbers)
    {
        for (var index = 1; index < numbers.Count; index++)
        {
            if (numbers[index - 1] >= numbers[index])
            {
                return false;
            }
        }

        return true;
    }
}
