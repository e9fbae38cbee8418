namespace Dataverse.Sync;

/// <summary>What a run in the same state would do.</summary>
public sealed record SyncPreview
{
    /// <summary>One job per mapping with the expected counters, in the order in which the mappings would run.</summary>
    public required IReadOnlyList<SyncJob> Jobs { get; init; }

    /// <summary>The writes, in the order in which the run would send them.</summary>
    public required IReadOnlyList<PlannedOperation> Operations { get; init; }

    /// <summary>The records that would fail or be skipped, with the reason.</summary>
    public required IReadOnlyList<SyncJobError> Errors { get; init; }

    /// <summary>A summary for each mapping, in the order in which the mappings would run.</summary>
    public IReadOnlyList<MappingPreview> Mappings { get; init; } = [];

    /// <summary>
    /// Returns a short report for people: what each mapping would match, leave to a person, create, and overwrite, and what
    /// would keep it from running. It contains counts and the names of fields, never values.
    /// </summary>
    /// <returns>The report, of several lines.</returns>
    public string ToReport() => PreviewReport.Print(this);
}
