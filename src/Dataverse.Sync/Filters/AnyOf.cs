namespace Dataverse.Sync;

/// <summary>
/// A filter that passes records that pass at least one of several filters. Created by <see cref="RecordFilter.Any"/>
/// and <see cref="RecordFilter.Or"/>.
/// </summary>
public sealed record AnyOf : RecordFilter
{
    internal AnyOf(IReadOnlyList<RecordFilter> filters)
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
            if (Filters[index].Matches(record))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Determines whether another filter combines equal filters in the same order.</summary>
    /// <param name="other">The other filter.</param>
    /// <returns>Whether the filters are equal.</returns>
    public bool Equals(AnyOf? other) => other is not null && Filters.SequenceEqual(other.Filters);

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
