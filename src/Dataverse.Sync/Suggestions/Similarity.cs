namespace Dataverse.Sync.Suggestions;

/// <summary>Compares names by their pairs of letters.</summary>
internal static class Similarity
{
    private const int ShortestName = 5;
    private const double Least = 0.8;
    private const double Weight = 0.75;

    /// <summary>Returns a score, or 0 if the names are too different or too short to tell.</summary>
    /// <remarks>Names that end in different digits name different things, such as line1 and line2.</remarks>
    public static double Of(string left, string right)
    {
        if (left.Length < ShortestName || right.Length < ShortestName || DigitOf(left) != DigitOf(right))
        {
            return 0;
        }

        var rest = PairsOf(right);
        var shared = PairsOf(left).Count(rest.Remove);
        var share = 2d * shared / (left.Length + right.Length - 2);
        return share >= Least ? share * Weight : 0;
    }

    private static List<(char First, char Second)> PairsOf(string name) => [.. name.Zip(name.Skip(1))];

    private static char? DigitOf(string name) => char.IsDigit(name[^1]) ? name[^1] : null;
}
