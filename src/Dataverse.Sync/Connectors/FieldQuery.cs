namespace Dataverse.Sync;

/// <summary>A query for the records in which a field has one of several values.</summary>
public sealed record FieldQuery
{
    /// <summary>The table to read.</summary>
    public required string Table { get; init; }

    /// <summary>The fields to read. Records contain <see cref="Field"/> and may contain others as well.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The field to compare.</summary>
    public required string Field { get; init; }

    /// <summary>The values to find, or null for every record of the table.</summary>
    /// <remarks>Any number of values, none of them blank. An empty collection finds nothing.</remarks>
    public IReadOnlyCollection<FieldValue>? Values { get; init; }
}
