namespace Dataverse.Sync;

/// <summary>A query for records by id.</summary>
public sealed record RecordQuery
{
    /// <summary>The table to read.</summary>
    public required string Table { get; init; }

    /// <summary>The fields to read. Records may contain others as well.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The ids of the records. Any number, each once.</summary>
    public required IReadOnlyCollection<Guid> Ids { get; init; }
}
