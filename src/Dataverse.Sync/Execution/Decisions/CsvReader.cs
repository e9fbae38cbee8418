using System.Runtime.CompilerServices;
using System.Text;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Reads rows as RFC 4180 says, one at a time. The separator is a comma, or the semicolon or tab that a spreadsheet uses
/// where the comma separates decimals.
/// </summary>
internal sealed class CsvReader(TextReader reader)
{
    // More than a row of a real file has. A quotation mark that is never closed would read the whole file into one cell.
    private const int MaximumRowLength = 1_000_000;

    private readonly char[] buffer = new char[4096];
    private int length;
    private int next;

    /// <summary>Reads the rows; the first is the header.</summary>
    /// <exception cref="FormatException">A quotation mark is not closed, or a row is too long.</exception>
    public async IAsyncEnumerable<CsvRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var separator = '\0';
        for (var number = 1; await ReadRowAsync(number, cancellationToken).ConfigureAwait(false) is { } text; number++)
        {
            if (separator == '\0')
            {
                text = text.TrimStart('\uFEFF');
                separator = SeparatorOf(text);
            }

            yield return new(number, CellsOf(text, separator));
        }
    }

    private static char SeparatorOf(string header) => ",;\t".MaxBy(candidate => CellsOf(header, candidate).Count);

    // The text of a row, quotation marks included; null at the end.
    private async Task<string?> ReadRowAsync(int number, CancellationToken cancellationToken)
    {
        var row = new StringBuilder();
        var isQuoted = false;
        while (await ReadCharAsync(cancellationToken).ConfigureAwait(false) is { } read)
        {
            if (!isQuoted && read is '\r' or '\n')
            {
                await SkipLineFeedAsync(read, cancellationToken).ConfigureAwait(false);
                return row.ToString();
            }

            isQuoted ^= read == '"';
            if (row.Append(read).Length > MaximumRowLength)
            {
                throw new FormatException($"Row {number} is too long. A quotation mark may not be closed.");
            }
        }

        return isQuoted ? throw new FormatException($"A quotation mark in row {number} is not closed.")
            : row.Length > 0 ? row.ToString()
            : null;
    }

    private async ValueTask SkipLineFeedAsync(char read, CancellationToken cancellationToken)
    {
        if (read == '\r' && await FillAsync(cancellationToken).ConfigureAwait(false) && buffer[next] == '\n')
        {
            next++;
        }
    }

    private async ValueTask<char?> ReadCharAsync(CancellationToken cancellationToken) =>
        await FillAsync(cancellationToken).ConfigureAwait(false) ? buffer[next++] : null;

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (next == length)
        {
            (next, length) = (0, await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));
        }

        return length > 0;
    }

    private static List<string> CellsOf(string row, char separator)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var place = 0; place < row.Length; place++)
        {
            var read = row[place];
            if (read == separator && !isQuoted)
            {
                cells.Add(cell.ToString());
                _ = cell.Clear();
            }
            else if (read == '"' && isQuoted && place + 1 < row.Length && row[place + 1] == '"')
            {
                _ = cell.Append(row[++place]);
            }
            else if (read == '"')
            {
                isQuoted = !isQuoted;
            }
            else
            {
                _ = cell.Append(read);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
