using System.Buffers;

namespace Dataverse.Sync.Execution;

/// <summary>Writes rows as RFC 4180 says: separated by commas, quoted where needed, ended by CR LF.</summary>
internal sealed class CsvWriter(TextWriter writer)
{
    // A spreadsheet takes a cell that begins with one of these for a formula, or lets an import macro do so.
    private const string FormulaStarts = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\t\r\n ");

    /// <summary>
    /// Returns a text that no spreadsheet takes for a formula: with an apostrophe in front if it begins like one.
    /// </summary>
    public static string Safe(string text)
    {
        var start = text.AsSpan().TrimStart();
        var isFormula = !start.IsEmpty && FormulaStarts.Contains(start[0], StringComparison.Ordinal);
        return isFormula || text is ['\t' or '\r' or '\n', ..] ? $"'{text}" : text;
    }

    public async Task WriteAsync(IEnumerable<string> cells, CancellationToken cancellationToken)
    {
        var row = string.Join(',', cells.Select(Quote)) + "\r\n";
        await writer.WriteAsync(row.AsMemory(), cancellationToken).ConfigureAwait(false);
    }

    private static string Quote(string cell) => !cell.AsSpan().ContainsAny(Quoted)
        ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
