namespace Dataverse.Sync;

/// <summary>A query for the changes of a table.</summary>
public sealed record ChangeQuery
{
    /// <summary>The table to read.</summary>
    public required string Table { get; init; }

    /// <summary>The fields to read. Records may contain others as well.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The position after which to read, or null for the whole table.</summary>
    public Checkpoint? Since { get; init; }

    /// <summary>A filter that the connector may apply in whole or in part, or null.</summary>
    /// <remarks>The engine applies it again, so a connector may ignore it.</remarks>
    public RecordFilter? Filter { get; init; }

    /// <summary>The maximum number of records per page, or null to let the connector choose.</summary>
    public int? PageSize { get; init; }
}
