using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The rows of one table in one company at one moment. Immutable.</summary>
internal sealed class TableState
{
    public static readonly TableState Empty = new(
        ImmutableDictionary<Guid, Row>.Empty, ImmutableSortedDictionary<RowKey, Row>.Empty);

    private readonly ImmutableDictionary<Guid, Row> byId;
    private readonly ImmutableSortedDictionary<RowKey, Row> byKey;
    private readonly ConcurrentDictionary<string, ILookup<object, Row>> indexes = new(StringComparer.Ordinal);

    private TableState(ImmutableDictionary<Guid, Row> byId, ImmutableSortedDictionary<RowKey, Row> byKey) =>
        (this.byId, this.byKey) = (byId, byKey);

    /// <summary>In the order of the primary key.</summary>
    public IEnumerable<Row> Rows => byKey.Values;

    public int Count => byId.Count;

    public Row? Find(Guid id) => byId.GetValueOrDefault(id);

    public Row? FindByKey(params ReadOnlySpan<object> key) => byKey.GetValueOrDefault(new RowKey([.. key]));

    public Row? FindByKey(RowKey key) => byKey.GetValueOrDefault(key);

    /// <summary>The rows that hold a value, in key order. Text is compared as the database does. Indexed on first use.</summary>
    public IEnumerable<Row> Where(string field, object value) =>
        indexes.GetOrAdd(field, name => Rows.ToLookup(row => Folded(row[name])))[Folded(value)];

    public TableState Add(Row row) => new(byId.Add(row.Id, row), byKey.Add(row.Key, row));

    public TableState Replace(Row before, Row after) =>
        new(byId.SetItem(after.Id, after), byKey.Remove(before.Key).Add(after.Key, after));

    public TableState Remove(Row row) => new(byId.Remove(row.Id), byKey.Remove(row.Key));

    private static object Folded(object value) => value is string text ? text.TrimEnd(' ').ToUpperInvariant() : value;
}
