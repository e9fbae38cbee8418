using System.Collections.Immutable;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Which rows of a table refer to a row, so that deleting one row does not search whole tables. Immutable.
/// </summary>
internal sealed class ReferenceIndex
{
    private readonly ImmutableDictionary<Guid, ImmutableHashSet<Guid>> referring;

    private ReferenceIndex(ImmutableDictionary<Guid, ImmutableHashSet<Guid>> referring) => this.referring = referring;

    public static ReferenceIndex Empty { get; } = new(ImmutableDictionary<Guid, ImmutableHashSet<Guid>>.Empty);

    public IEnumerable<Guid> Referring(Guid id) => referring.GetValueOrDefault(id) ?? [];

    /// <summary>The index after the row has changed; null stands for no row.</summary>
    public ReferenceIndex Replace(DataverseTableSchema table, Guid id, DataverseRow? before, DataverseRow? after)
    {
        var (old, present) = (Targets(table, before), Targets(table, after));
        if (old.SetEquals(present))
        {
            return this;
        }

        var index = referring;
        foreach (var target in old.Except(present))
        {
            index = index[target].Remove(id) is { Count: > 0 } others
                ? index.SetItem(target, others)
                : index.Remove(target);
        }

        foreach (var target in present.Except(old))
        {
            index = index.SetItem(target, (index.GetValueOrDefault(target) ?? []).Add(id));
        }

        return new ReferenceIndex(index);
    }

    private static HashSet<Guid> Targets(DataverseTableSchema table, DataverseRow? row) => row is null
        ? []
        : [.. table.IndexedLookups.Select(column => row[column.Name]).OfType<DataverseReference>()
            .Select(reference => reference.Id)];
}
