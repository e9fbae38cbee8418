namespace Dataverse.Sync;

/// <summary>One of the filters holds; see <see cref="RecordFilter.Any"/>.</summary>
public sealed record AnyOf : RecordFilter
{
    internal AnyOf(IReadOnlyList<RecordFilter> filters)
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
            if (Filters[index].Matches(record))
            {
                return true;
            }
        }

        return false;
    }

    internal override IEnumerable<string> NamedFields() => Filters.SelectMany(filter => filter.NamedFields());
}
