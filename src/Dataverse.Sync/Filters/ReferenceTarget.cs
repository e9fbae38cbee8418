namespace Dataverse.Sync;

/// <summary>A reference points into a table; see <see cref="RecordFilter.RefersTo"/>.</summary>
public sealed record ReferenceTarget : RecordFilter
{
    internal ReferenceTarget(string field, string table)
    {
        Field = field;
        Table = table;
    }

    /// <summary>The reference.</summary>
    public string Field { get; }

    /// <summary>The table that it must point into.</summary>
    public string Table { get; }

    /// <inheritdoc/>
    public override bool Matches(TableRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record[Field].ReferencedTable == Table;
    }

    internal override IEnumerable<string> NamedFields() => [Field];
}
