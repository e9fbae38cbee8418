namespace Dataverse.Sync;

/// <summary>Asks a connector for the records whose field holds one of several values.</summary>
public sealed record FieldQuery
{
    /// <summary>The table to read.</summary>
    public required string Table { get; init; }

    /// <summary>The fields that are wanted; the records may carry more. <see cref="Field"/> is always among those delivered.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The field that is compared.</summary>
    public required string Field { get; init; }

    /// <summary>The values that are looked for, none of them blank; any number. Null asks for every record of the table.</summary>
    public IReadOnlyCollection<FieldValue>? Values { get; init; }
}
