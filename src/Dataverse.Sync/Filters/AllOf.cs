namespace Dataverse.Sync;

/// <summary>All of the filters hold; see <see cref="RecordFilter.All"/>.</summary>
public sealed record AllOf : RecordFilter
{
    internal AllOf(IReadOnlyList<RecordFilter> filters)
    {
        ArgumentNullException.ThrowIfNull(filters);
        Filters = [.. filters];
    }

    /// <summary>The filters that are joined.</summary>
    public IReadOnlyList<RecordFilter> Filters { get; }

    /// <inheritdoc/>
    public override bool Matches(TableRecord record)
    {
        // By index: an enumerator would cost memory for every record.
        for (var index = 0; index < Filters.Count; index++)
        {
            if (!Filters[index].Matches(record))
            {
                return false;
            }
        }

        return true;
    }

    internal override IEnumerable<string> NamedFields() => Filters.SelectMany(filter => filter.NamedFields());
}
