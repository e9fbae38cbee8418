using System.Collections.Frozen;

namespace Dataverse.Sync;

/// <summary>What a connector knows about a table.</summary>
public sealed record TableSchema
{
    private readonly FrozenDictionary<string, FieldSchema> byName = FrozenDictionary<string, FieldSchema>.Empty;

    /// <summary>The name of the table.</summary>
    public required string Name { get; init; }

    /// <summary>The fields. Their names are case-sensitive and unique.</summary>
    public required IReadOnlyList<FieldSchema> Fields
    {
        get => field;
        init
        {
            field = value;
            byName = value.ToFrozenDictionary(item => item.Name, StringComparer.Ordinal);
        }
    }

    /// <summary>The field that contains the id of a record.</summary>
    public required string KeyField { get; init; }

    /// <summary>Whether the change feed reports deletions.</summary>
    /// <value>The default is false: deletions are detected by scanning all ids.</value>
    public bool ReportsDeletions { get; init; }

    /// <summary>Whether an insert uses the id that the engine chose.</summary>
    /// <value>The default is false: the system chooses the id and returns it.</value>
    public bool KeepsChosenIds { get; init; }

    /// <summary>Whether records can be inserted, updated, and deleted.</summary>
    /// <value>The default is true.</value>
    public bool IsWritable { get; init; } = true;

    /// <summary>
    /// The field whose unique value identifies a record to people, such as a number or a code, or null if there is
    /// none.
    /// </summary>
    /// <remarks>Where the system chooses the ids, an uncertain insert is recognized by this value.</remarks>
    public string? BusinessKeyField { get; init; }

    /// <summary>
    /// The fields that tell that a record was merged into another one, or null if records of the table cannot be merged.
    /// </summary>
    public MergeFields? MergeFields { get; init; }

    /// <summary>
    /// The fields that the system has and that cannot be synchronized, such as files. They are not among
    /// <see cref="Fields"/>, and a mapping that names one is refused with the reason.
    /// </summary>
    /// <value>The default is an empty list.</value>
    public IReadOnlyList<UnsupportedField> UnsupportedFields { get; init; } = [];

    /// <summary>Finds a field.</summary>
    /// <param name="field">The name of the field, case-sensitive.</param>
    /// <returns>The field, or null if there is none.</returns>
    public FieldSchema? Find(string field) => byName.GetValueOrDefault(field);

    /// <summary>Finds a field that cannot be synchronized.</summary>
    /// <param name="field">The name of the field, case-sensitive.</param>
    /// <returns>The field, or null if there is none.</returns>
    public UnsupportedField? FindUnsupported(string field) =>
        UnsupportedFields.FirstOrDefault(unsupported => string.Equals(unsupported.Name, field, StringComparison.Ordinal));

    /// <summary>
    /// Says of a field that is not among the fields why it cannot be used, as the end of a sentence whose verb is
    /// "names".
    /// </summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="table">What the table is called, such as "the local table".</param>
    internal string DescribeMissing(string field, string table) => FindUnsupported(field) is { } unsupported
        ? $"field '{field}' of {table} '{Name}', which is {unsupported.Description} and cannot be synchronized: "
            + unsupported.Reason
        : $"field '{field}', which {table} '{Name}' does not have.";
}
