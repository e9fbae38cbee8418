namespace Dataverse.Sync;

/// <summary>Asks a connector for the changes of a table.</summary>
public sealed record ChangeQuery
{
    /// <summary>The table to read.</summary>
    public required string Table { get; init; }

    /// <summary>The fields that are wanted; the records may carry more.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Where the last feed ended; null reads the whole table.</summary>
    public Checkpoint? Since { get; init; }

    /// <summary>
    /// A filter that the connector may let the system evaluate, in whole or in part, to save traffic. The engine evaluates it again,
    /// so a connector may ignore it.
    /// </summary>
    public RecordFilter? Filter { get; init; }

    /// <summary>The greatest number of records a page; null leaves it to the connector.</summary>
    public int? PageSize { get; init; }
}
