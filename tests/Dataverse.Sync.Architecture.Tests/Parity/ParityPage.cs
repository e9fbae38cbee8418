using System.Text.RegularExpressions;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>Reads the rows of the parity page, and the ids that the lines of another page name.</summary>
internal static partial class ParityPage
{
    /// <summary>What the third cell of a row may contain.</summary>
    public static readonly string[] Marks = ["yes", "partly", "otherwise", "no"];

    /// <summary>The rows of a page in their order; what is no row is skipped.</summary>
    /// <exception cref="FormatException">A line begins like a row and is none.</exception>
    public static IReadOnlyList<ParityRow> Rows(string page) =>
        [.. Lines(page).Where(line => line.StartsWith("| BC-", StringComparison.Ordinal)).Select(Row)];

    /// <summary>The ids in the tables of a page, each as often as it occurs.</summary>
    public static IReadOnlyList<string> Ids(string page) =>
        [.. Lines(page).Where(line => line.StartsWith('|')).SelectMany(line => Id().Matches(line)).Select(match => match.Value)];

    private static ParityRow Row(string line)
    {
        var cells = line.Replace(@"\|", " ", StringComparison.Ordinal).Trim('|').Split('|', StringSplitOptions.TrimEntries);
        var isRow = cells.Length == 4 && cells.All(cell => cell.Length > 0) && Id().Match(cells[0]).Value == cells[0]
            && Marks.Contains(cells[2]);
        return isRow
            ? new(cells[0], cells[2])
            : throw new FormatException($"'{line}' is no row of id, subject, mark ({string.Join(", ", Marks)}), and place.");
    }

    private static IEnumerable<string> Lines(string page) => page.Split('\n').Select(line => line.Trim());

    [GeneratedRegex(@"BC-[0-9]+(?:\.[0-9]+)?-[0-9]{2,}")]
    private static partial Regex Id();
}
