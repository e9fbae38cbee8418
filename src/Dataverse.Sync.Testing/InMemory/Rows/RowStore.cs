using System.Runtime.InteropServices;

namespace Dataverse.Sync.Testing;

/// <summary>
/// The rows of one table, by id, by change, and by the value of a field. Callers must hold <see cref="Gate"/>.
/// </summary>
internal sealed class RowStore
{
    private readonly Dictionary<Guid, Row> rows = [];
    private readonly List<Tombstone> tombstones = [];
    private readonly Dictionary<int, FieldIndex> indexes = [];

    public Lock Gate { get; } = new();

    public int Count => rows.Count;

    public IReadOnlyCollection<Guid> Ids => rows.Keys;

    public ChangeLog Changes { get; private set; } = new();

    public TableRecord? Find(Guid id) => rows.TryGetValue(id, out var row) ? row.Record : null;

    public IEnumerable<Guid> Find(int ordinal, FieldValue value) => IndexOf(ordinal).Find(value);

    /// <summary>Stores a record and replaces the one with the same id, if any.</summary>
    public void Put(TableRecord record, long sequence)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, record.Id, out var isKnown);
        row ??= new Row();
        foreach (var index in indexes.Values)
        {
            if (row.Record is not null)
            {
                index.Remove(row.Record);
            }

            index.Add(record);
        }

        (row.Record, row.Sequence) = (record, sequence);
        Changes.Append(row, record.ModifiedOn ?? default, isNew: !isKnown);
    }

    public void Remove(Guid id, long sequence)
    {
        if (!rows.Remove(id, out var row))
        {
            return;
        }

        foreach (var index in indexes.Values)
        {
            index.Remove(row.Record!);
        }

        row.Record = null;
        Changes.NoteRemoval();
        tombstones.Add(new Tombstone(sequence, id));
    }

    /// <summary>The ids deleted after a sequence number and not inserted again since.</summary>
    public Guid[] DeletedAfter(long sequence)
    {
        var first = tombstones.Count;
        while (first > 0 && tombstones[first - 1].Sequence > sequence)
        {
            first--;
        }

        return [.. tombstones.Skip(first).Select(tombstone => tombstone.Id).Where(id => !rows.ContainsKey(id))
            .Distinct()];
    }

    /// <summary>Copies the content of the store; records are immutable.</summary>
    public RowStoreImage Copy() => new(
        [.. rows.Values.OrderBy(row => row.Sequence).Select(row => (row.Record!, row.Sequence))],
        [.. tombstones.Select(tombstone => (tombstone.Sequence, tombstone.Id))]);

    /// <summary>Replaces the content of the store with a copy.</summary>
    public void Restore(RowStoreImage image)
    {
        rows.Clear();
        indexes.Clear();
        tombstones.Clear();
        Changes = new();
        foreach (var (record, sequence) in image.Rows)
        {
            Put(record, sequence);
        }

        tombstones.AddRange(image.Deleted.Select(deleted => new Tombstone(deleted.Sequence, deleted.Id)));
    }

    private FieldIndex IndexOf(int ordinal)
    {
        if (indexes.TryGetValue(ordinal, out var index))
        {
            return index;
        }

        index = new FieldIndex(ordinal);
        foreach (var row in rows.Values)
        {
            index.Add(row.Record!);
        }

        return indexes[ordinal] = index;
    }

    private readonly record struct Tombstone(long Sequence, Guid Id);
}
