namespace Dataverse.Sync.Sqlite;

/// <summary>
/// Version 12 stores the journal entries of a commit in one row, and gives the couplings of each mapping a range of row ids.
/// </summary>
/// <remarks>
/// <para>A commit journals up to thousands of writes, and a later commit settles them together. One row costs a fraction
/// of a row and an index entry for each write.</para>
/// <para>The couplings of a mapping are listed in the order of their row ids, which is the order on the disk. In the order
/// of an index, nearly every row would be on another page.</para>
/// <para>The rows of table <c>intent</c> can be encrypted, so that <see cref="EarlierJournal"/> moves them. The table has
/// another name now and stays empty afterward. A process of an earlier version that still has the file open therefore
/// fails when it lists or adds intents: nobody would settle them.</para>
/// </remarks>
internal static class SchemaVersion12
{
    public const string Script =
        """
        CREATE TABLE journal (
            sequence INTEGER PRIMARY KEY,
            mapping_id INTEGER NOT NULL,
            id BLOB NOT NULL,
            intent_ids BLOB NOT NULL,
            intents BLOB NOT NULL);
        CREATE INDEX journal_mapping ON journal (mapping_id);
        ALTER TABLE intent RENAME TO earlier_intent;
        UPDATE coupling SET id = (mapping_id << 40) + id;
        """;
}
