namespace Dataverse.Sync;

/// <summary>Asks a connector for records by id.</summary>
public sealed record RecordQuery
{
    /// <summary>The table to read.</summary>
    public required string Table { get; init; }

    /// <summary>The fields that are wanted; the records may carry more.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The ids that are wanted, each once; any number.</summary>
    public required IReadOnlyCollection<Guid> Ids { get; init; }
}
