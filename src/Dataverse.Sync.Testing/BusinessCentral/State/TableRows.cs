using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The rows of one table in one company at one moment. Immutable.</summary>
internal sealed class TableRows
{
    public static readonly TableRows Empty = new(
        ImmutableDictionary<Guid, PageRow>.Empty, ImmutableSortedDictionary<RowKey, PageRow>.Empty);

    private readonly ImmutableDictionary<Guid, PageRow> byId;
    private readonly ImmutableSortedDictionary<RowKey, PageRow> byKey;
    private readonly ConcurrentDictionary<string, ILookup<object, PageRow>> indexes = new(StringComparer.Ordinal);

    private TableRows(ImmutableDictionary<Guid, PageRow> byId, ImmutableSortedDictionary<RowKey, PageRow> byKey) =>
        (this.byId, this.byKey) = (byId, byKey);

    /// <summary>In the order of the primary key.</summary>
    public IEnumerable<PageRow> Rows => byKey.Values;

    public int Count => byId.Count;

    public PageRow? Find(Guid id) => byId.GetValueOrDefault(id);

    public PageRow? FindByKey(params ReadOnlySpan<object> key) => byKey.GetValueOrDefault(new RowKey([.. key]));

    public PageRow? FindByKey(RowKey key) => byKey.GetValueOrDefault(key);

    /// <summary>
    /// The rows with a value, in key order. Text is compared as in the database. The first use builds an index.
    /// </summary>
    public IEnumerable<PageRow> Where(string field, object value) =>
        indexes.GetOrAdd(field, name => Rows.ToLookup(row => Folded(row[name])))[Folded(value)];

    public TableRows Add(PageRow row) => new(byId.Add(row.Id, row), byKey.Add(row.Key, row));

    public TableRows Replace(PageRow before, PageRow after) =>
        new(byId.SetItem(after.Id, after), byKey.Remove(before.Key).Add(after.Key, after));

    public TableRows Remove(PageRow row) => new(byId.Remove(row.Id), byKey.Remove(row.Key));

    private static object Folded(object value) => value is string text ? text.TrimEnd(' ').ToUpperInvariant() : value;
}
