using System.Collections.Frozen;

namespace Dataverse.Sync;

/// <summary>What a connector knows of a table.</summary>
public sealed record TableSchema
{
    private readonly FrozenDictionary<string, FieldSchema> byName = FrozenDictionary<string, FieldSchema>.Empty;

    /// <summary>The table's name on its side.</summary>
    public required string Name { get; init; }

    /// <summary>The fields; names are case-sensitive and unique.</summary>
    public required IReadOnlyList<FieldSchema> Fields
    {
        get => field;
        init
        {
            field = value;
            byName = value.ToFrozenDictionary(item => item.Name, StringComparer.Ordinal);
        }
    }

    /// <summary>The field that holds a record's id.</summary>
    public required string KeyField { get; init; }

    /// <summary>Whether the change feed reports deletions. Where false, only a scan of the keys finds them.</summary>
    public bool ReportsDeletions { get; init; }

    /// <summary>Whether an insert keeps the id that the engine chose. Where false, the system chooses and the answer tells.</summary>
    public bool KeepsChosenIds { get; init; }

    /// <summary>Whether records can be inserted, updated, and deleted.</summary>
    public bool IsWritable { get; init; } = true;

    /// <summary>The field whose value identifies a record to people and is unique, such as a number or a code; null where there is none.</summary>
    public string? BusinessKeyField { get; init; }

    /// <summary>Finds a field by name; null when there is none.</summary>
    public FieldSchema? Find(string field) => byName.GetValueOrDefault(field);
}
