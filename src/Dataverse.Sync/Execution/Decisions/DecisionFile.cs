using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Execution;

/// <summary>Reads the rows of a file of decisions. Columns are found by name, in any order.</summary>
internal sealed class DecisionFile(TextReader reader)
{
    private Dictionary<string, int> places = [];

    /// <summary>The number of rows read so far that contain no decision.</summary>
    public long RowsWithoutDecision { get; private set; }

    /// <summary>Reads the rows that contain a decision.</summary>
    /// <exception cref="FormatException">The file is no file of decisions.</exception>
    public async IAsyncEnumerable<DecisionRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = new CsvReader(reader).ReadAsync(cancellationToken);
        await foreach (var row in rows.ConfigureAwait(false))
        {
            if (row.Number == 1)
            {
                ReadHeader(row);
            }
            else if (!row.IsBlank)
            {
                if (string.IsNullOrWhiteSpace(Cell(row, DecisionColumns.Decision)))
                {
                    RowsWithoutDecision++;
                }
                else
                {
                    yield return Read(row);
                }
            }
        }

        if (places.Count == 0)
        {
            throw Missing(DecisionColumns.Required);
        }
    }

    private void ReadHeader(CsvRow row)
    {
        places = row.Cells.Select((cell, place) => (Name: cell.Trim(), place))
            .DistinctBy(item => item.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(item => item.Name, item => item.place, StringComparer.OrdinalIgnoreCase);
        var missing = DecisionColumns.Required.Where(name => !places.ContainsKey(name)).ToList();
        if (missing.Count > 0)
        {
            throw Missing(missing);
        }
    }

    private static FormatException Missing(IReadOnlyList<string> columns) =>
        new($"The file lacks these columns of a file of decisions: {string.Join(", ", columns)}.");

    private string Cell(CsvRow row, string column) =>
        places[column] is var place && place < row.Cells.Count ? row.Cells[place] : string.Empty;

    private DecisionRow Read(CsvRow row) => new(
        row.Number,
        Key(row, DecisionColumns.Side, DecisionColumns.Record),
        DecisionColumns.VersionOf(Cell(row, DecisionColumns.RecordVersion)),
        Key(row, DecisionColumns.CandidateSide, DecisionColumns.Candidate),
        DecisionColumns.VersionOf(Cell(row, DecisionColumns.CandidateVersion)),
        DecisionColumns.DecisionOf(Cell(row, DecisionColumns.Decision)));

    private RecordKey? Key(CsvRow row, string side, string id) =>
        DecisionColumns.SideOf(Cell(row, side)) is { } known && DecisionColumns.IdOf(Cell(row, id)) is { } found
            ? new(known, found)
            : null;
}
