namespace Dataverse.Sync;

/// <summary>
/// A filter that passes records that pass all of several filters. Created by <see cref="RecordFilter.All"/> and
/// <see cref="RecordFilter.And"/>.
/// </summary>
public sealed record AllOf : RecordFilter
{
    internal AllOf(IReadOnlyList<RecordFilter> filters)
    {
        ArgumentNullException.ThrowIfNull(filters);
        Filters = [.. filters];
    }

    /// <summary>The filters that are combined.</summary>
    public IReadOnlyList<RecordFilter> Filters { get; }

    /// <inheritdoc/>
    public override bool Matches(TableRecord record)
    {
        // By index, because an enumerator would be allocated for every record.
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

    internal override IEnumerable<RecordFilter> Conditions() => Filters.SelectMany(filter => filter.Conditions());
}
