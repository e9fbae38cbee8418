namespace Dataverse.Sync;

/// <summary>
/// A filter that passes records in which a reference points to a table. Created by <see cref="RecordFilter.RefersTo"/>.
/// </summary>
public sealed record ReferenceTarget : RecordFilter
{
    internal ReferenceTarget(string field, string table)
    {
        Field = field;
        Table = table;
    }

    /// <summary>The name of the reference field.</summary>
    public string Field { get; }

    /// <summary>The name of the table to which it must point.</summary>
    public string Table { get; }

    /// <inheritdoc/>
    public override bool Matches(TableRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record[Field].ReferencedTable == Table;
    }

    internal override IEnumerable<string> NamedFields() => [Field];

    internal override IEnumerable<RecordFilter> Conditions() => [this];
}
