namespace Dataverse.Sync;

/// <summary>The result of one decision of an imported file.</summary>
public sealed record ImportedDecision
{
    /// <summary>
    /// The row of the file, counted as a spreadsheet does: the header is row 1, and a row whose cells contain line breaks
    /// counts once.
    /// </summary>
    public required int Row { get; init; }

    /// <summary>The record that the row names, or null if it names none that can be read.</summary>
    public RecordKey? Record { get; init; }

    /// <summary>The decision, or null if it cannot be read.</summary>
    public DoubtDecision? Decision { get; init; }

    /// <summary>Why nothing was changed, or null if the decision was carried out.</summary>
    public SyncError? Error { get; init; }

    /// <summary>Whether the decision was carried out.</summary>
    public bool IsCarriedOut => Error is null;
}
