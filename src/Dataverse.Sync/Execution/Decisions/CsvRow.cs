namespace Dataverse.Sync.Execution;

/// <summary>A row of a file.</summary>
/// <param name="Number">The number of the row; the first is 1.</param>
/// <param name="Cells">The cells.</param>
internal readonly record struct CsvRow(int Number, IReadOnlyList<string> Cells)
{
    /// <summary>Whether the row contains nothing, like those that some programs add at the end.</summary>
    public bool IsBlank => Cells.All(string.IsNullOrWhiteSpace);
}
