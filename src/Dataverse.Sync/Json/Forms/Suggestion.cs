namespace Dataverse.Sync.Documents;

/// <summary>Suggests the name that was probably meant.</summary>
internal static class Suggestion
{
    private const int LongestName = 100;

    /// <summary>Returns a sentence that suggests the nearest name, or else lists the names that there are.</summary>
    public static string For(string name, IReadOnlyList<string> known) =>
        Nearest(name, known) is { Length: > 0 } nearest ? nearest
            : known.Count == 0 ? string.Empty
            : $" Known are {string.Join(", ", known.Select(other => $"'{other}'"))}.";

    /// <summary>Returns a sentence that suggests the nearest name, or nothing if none is near.</summary>
    public static string Nearest(string name, IReadOnlyList<string> known)
    {
        if (name.Length > LongestName || known.Count == 0)
        {
            return string.Empty;
        }

        var nearest = known.MinBy(other => Distance(name, other))!;
        return Distance(name, nearest) <= Math.Max(1, name.Length / 3) ? $" Did you mean '{nearest}'?" : string.Empty;
    }

    // The number of letters to insert, remove, or replace.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]);
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[right.Length];
    }
}
