using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite;

/// <summary>
/// The journal: one row for the intents of a commit. The commit that settles the last of them deletes the row; one that
/// settles some of them writes it anew with the others.
/// </summary>
internal static class JournalTable
{
    private const int BytesPerIntent = 256;

    private static readonly Dictionary<Guid, Intent> NoIntents = [];

    public static IReadOnlyList<Intent> List(FileConnection connection, BaseShapeCache shapes, MappingKey key) =>
        [.. connection.Prepared(
                $"""
                SELECT sequence, id, intent_ids, intents, mapping_id FROM journal
                WHERE mapping_id = {MappingTable.IdOfKey} ORDER BY sequence
                """)
            .Bind(key)
            .List(row => ReadIntents(connection, shapes, row))
            .SelectMany(intents => intents)];

    /// <summary>Removes settled intents.</summary>
    public static void Remove(FileConnection connection, long mapping, IReadOnlyCollection<Guid> ids)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var settled = ids.ToHashSet();
        foreach (var entry in ListEntries(connection, mapping))
        {
            var open = entry.IntentIds.Count(id => !settled.Contains(id));
            if (open == 0)
            {
                _ = connection.Prepared("DELETE FROM journal WHERE sequence = ?1").Bind(1, entry.Sequence).Execute();
            }
            else if (open < entry.IntentIds.Count)
            {
                Rewrite(connection, mapping, entry, settled, NoIntents);
            }
        }
    }

    /// <summary>Adds intents in a row of their own. One that the journal already contains is replaced in its place.</summary>
    public static void Save(FileConnection connection, long mapping, IReadOnlyList<Intent> intents)
    {
        if (intents.Count == 0)
        {
            return;
        }

        var last = Latest.Of(intents, intent => intent.Id);
        var entries = ListEntries(connection, mapping);
        var added = entries.Count == 0 ? last : Replace(connection, mapping, entries, last);
        if (added.Count > 0)
        {
            Insert(connection, mapping, added, new(connection));
        }
    }

    // Returns the intents that the journal does not contain.
    private static IReadOnlyCollection<Intent> Replace(
        FileConnection connection, long mapping, List<JournalEntry> entries, IReadOnlyCollection<Intent> intents)
    {
        var added = intents.ToDictionary(intent => intent.Id);
        foreach (var entry in entries)
        {
            var replaced = entry.IntentIds.Where(added.ContainsKey).ToDictionary(id => id, id => added[id]);
            if (replaced.Count > 0)
            {
                Rewrite(connection, mapping, entry, [], replaced);
                foreach (var id in replaced.Keys)
                {
                    _ = added.Remove(id);
                }
            }
        }

        return added.Values;
    }

    private static void Insert(
        FileConnection connection, long mapping, IReadOnlyCollection<Intent> intents, BaseShapeIds shapes)
    {
        var id = Guid.CreateVersion7();
        using var buffer = JournalCodec.Begin(1 + (intents.Count * BytesPerIntent));
        foreach (var intent in intents)
        {
            JournalCodec.Append(buffer, intent, shapes.Of(intent.Outcome));
        }

        var intentIds = IdList.Pack([.. intents.Select(intent => intent.Id)]);
        var insert = connection.Prepared("INSERT INTO journal (mapping_id, id, intent_ids, intents) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, mapping).Bind(2, id).Bind(3, intentIds);
        _ = BindIntents(connection, insert, 4, mapping, id, buffer).Execute();
    }

    private static void Rewrite(
        FileConnection connection,
        long mapping,
        JournalEntry entry,
        HashSet<Guid> settled,
        IReadOnlyDictionary<Guid, Intent> replaced)
    {
        var shapes = new BaseShapeIds(connection);
        var before = ReadBlob(connection, mapping, entry);
        var parts = PartsOf(before, entry);
        var kept = new List<Guid>(parts.Count);
        using var buffer = JournalCodec.Begin(before.Length + (replaced.Count * BytesPerIntent));
        foreach (var (id, part) in entry.IntentIds.Zip(parts))
        {
            if (settled.Contains(id))
            {
                continue;
            }

            kept.Add(id);
            if (replaced.TryGetValue(id, out var intent))
            {
                JournalCodec.Append(buffer, intent, shapes.Of(intent.Outcome));
            }
            else
            {
                buffer.Write(before.AsSpan(part));
            }
        }

        var update = connection.Prepared("UPDATE journal SET intent_ids = ?2, intents = ?3 WHERE sequence = ?1")
            .Bind(1, entry.Sequence).Bind(2, IdList.Pack(kept));
        _ = BindIntents(connection, update, 3, mapping, entry.Id, buffer).Execute();
    }

    private static List<JournalEntry> ListEntries(FileConnection connection, long mapping) =>
        connection.Prepared("SELECT sequence, id, intent_ids FROM journal WHERE mapping_id = ?1 ORDER BY sequence")
            .Bind(1, mapping).List(ReadEntry);

    private static byte[] ReadBlob(FileConnection connection, long mapping, JournalEntry entry) =>
        connection.Prepared("SELECT intents FROM journal WHERE sequence = ?1").Bind(1, entry.Sequence)
            .FirstOrDefault(row => connection.Reveal(row.Blob(0), ValueSlot.OfJournal(mapping, entry.Id)).ToArray())!;

    private static Statement BindIntents(
        FileConnection connection,
        Statement statement,
        int parameter,
        long mapping,
        Guid id,
        JournalBuffer intents) =>
        statement.Bind(parameter, connection.Protect(intents.Written, ValueSlot.OfJournal(mapping, id)));

    private static JournalEntry ReadEntry(Row row) => new(row.Int64(0), row.Guid(1), IdList.Unpack(row.Blob(2)));

    private static List<Intent> ReadIntents(FileConnection connection, BaseShapeCache shapes, Row row)
    {
        var entry = ReadEntry(row);
        var blob = connection.Reveal(row.Blob(3), ValueSlot.OfJournal(row.Int64(4), entry.Id));
        var parts = PartsOf(blob, entry);
        var intents = new List<Intent>(parts.Count);
        for (var index = 0; index < parts.Count; index++)
        {
            intents.Add(JournalCodec.Read(
                blob[parts[index]], entry.IntentIds[index], (shape, packed) => shapes.ReadBase(connection, shape, packed)));
        }

        return intents;
    }

    private static List<Range> PartsOf(ReadOnlySpan<byte> blob, JournalEntry entry)
    {
        var parts = JournalCodec.Split(blob);
        return parts.Count == entry.IntentIds.Count ? parts : throw BlobReader.Malformed();
    }
}
