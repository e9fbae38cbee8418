namespace Dataverse.Sync;

/// <summary>A filter does not hold; see <see cref="RecordFilter.Not"/>.</summary>
public sealed record Negation : RecordFilter
{
    internal Negation(RecordFilter filter) => Filter = filter;

    /// <summary>The filter that must not hold.</summary>
    public RecordFilter Filter { get; }

    /// <inheritdoc/>
    public override bool Matches(TableRecord record) => !Filter.Matches(record);

    internal override IEnumerable<string> NamedFields() => Filter.NamedFields();
}
