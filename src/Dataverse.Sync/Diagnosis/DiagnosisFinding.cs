namespace Dataverse.Sync;

/// <summary>Something that a diagnosis found out about a set-up.</summary>
public sealed record DiagnosisFinding
{
    /// <summary>How much it matters.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The subject of the finding.</summary>
    public required DiagnosisArea Area { get; init; }

    /// <summary>The kind of the finding, for programs; see <see cref="DiagnosisCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>The text of the finding, for people. It names systems, tables, fields, and options, never the values of records.</summary>
    public required string Message { get; init; }

    /// <summary>The mapping concerned, or null if it concerns several or none.</summary>
    public string? Mapping { get; init; }

    /// <summary>The side concerned, or null for both or none.</summary>
    public SyncSide? Side { get; init; }

    /// <summary>The table concerned, or null.</summary>
    public string? Table { get; init; }

    /// <summary>The field or the key of the field mapping concerned, or null.</summary>
    public string? Field { get; init; }

    /// <summary>How many records are concerned, or null if records do not count.</summary>
    public long? Count { get; init; }

    /// <summary>Records that are concerned, no more than <see cref="DiagnosisOptions.ListedRecords"/>.</summary>
    public IReadOnlyList<RecordKey> Records { get; init; } = [];
}
