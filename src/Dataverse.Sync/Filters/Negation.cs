namespace Dataverse.Sync;

/// <summary>
/// A filter that passes records that do not pass another filter. Created by <see cref="RecordFilter.Not"/>.
/// </summary>
public sealed record Negation : RecordFilter
{
    internal Negation(RecordFilter filter) => Filter = filter;

    /// <summary>The filter that a record must not pass.</summary>
    public RecordFilter Filter { get; }

    /// <inheritdoc/>
    public override bool Matches(TableRecord record) => !Filter.Matches(record);

    internal override IEnumerable<string> NamedFields() => Filter.NamedFields();

    internal override IEnumerable<RecordFilter> Conditions() => Filter.Conditions();
}
