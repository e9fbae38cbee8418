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

    /// <summary>Determines whether another filter combines equal filters in the same order.</summary>
    /// <param name="other">The other filter.</param>
    /// <returns>Whether the filters are equal.</returns>
    public bool Equals(AllOf? other) => other is not null && Filters.SequenceEqual(other.Filters);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var filter in Filters)
        {
            hash.Add(filter);
        }

        return hash.ToHashCode();
    }

    internal override IEnumerable<string> NamedFields() => Filters.SelectMany(filter => filter.NamedFields());

    internal override IEnumerable<RecordFilter> Conditions() => Filters.SelectMany(filter => filter.Conditions());
}
