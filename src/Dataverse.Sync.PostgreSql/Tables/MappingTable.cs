namespace Dataverse.Sync.PostgreSql;

/// <summary>The table of mappings: their locks and states.</summary>
internal static class MappingTable
{
    /// <summary>
    /// The subquery of the id of a mapping, whose key is bound to the first two parameters. Null until its first lease.
    /// </summary>
    public const string IdOfKey = "(SELECT id FROM [schema].mapping WHERE scope = $1 AND name = $2)";

    public static Statement Key(this Statement statement, MappingKey key) =>
        statement.Text(key.Scope).Text(key.Mapping);

    /// <summary>
    /// Locks the mapping of a commit and the others that it names, creates those to which it announces deletions, counts
    /// the write, and then looks up the present pairs, all in one message.
    /// </summary>
    /// <remarks>
    /// Rows are created in the order of their names and then locked in the order of their ids, so that two commits never
    /// wait for each other.
    /// </remarks>
    /// <exception cref="LeaseLostException">The lease is not the current lease of the mapping.</exception>
    public static async Task<MappingLock> LockAsync(
        StoreConnection connection, StoreCommit commit, StoreClock clock, CancellationToken cancellationToken)
    {
        var held = new List<RecordPair>(commit.Couplings.Count);
        var found = await connection.ListAsync(
            [.. LockOthers(commit), LeaseTable.CountWrite(commit.Lease, clock), .. CouplingWriter.FindHeld(commit)],
            row => row.Columns == RecordPair.Columns ? Add(held, row) : LockedRow.Read(row),
            cancellationToken).ConfigureAwait(false);
        return found.FindAll(row => row is not null) is [.. var others, { Writes: { } writes, Now: { } now } own]
            ? new(own.Id, writes, now, others.ToDictionary(row => row!.Name, row => row!.Id, StringComparer.Ordinal), held)
            : throw new LeaseLostException(commit.Lease.Key);
    }

    public static async Task<MappingState> ReadStateAsync(
        StoreConnection connection, MappingKey key, CancellationToken cancellationToken) =>
        await connection.FirstOrDefaultAsync(
            new Statement(
                """
                SELECT local_checkpoint, integration_checkpoint, local_keys_scanned_on, integration_keys_scanned_on
                FROM [schema].mapping WHERE scope = $1 AND name = $2
                """)
                .Key(key),
            ReadState,
            cancellationToken).ConfigureAwait(false) ?? MappingState.Initial;

    public static Statement SaveState(long mapping, MappingState state) => new Statement(
        """
        UPDATE [schema].mapping
        SET local_checkpoint = $2, integration_checkpoint = $3,
            local_keys_scanned_on = $4, integration_keys_scanned_on = $5
        WHERE id = $1
        """)
        .Number(mapping)
        .Text(state.Local?.Position).Text(state.Integration?.Position)
        .Instant(state.LocalKeysScannedOn).Instant(state.IntegrationKeysScannedOn);

    private static IEnumerable<Statement> LockOthers(StoreCommit commit)
    {
        var scope = commit.Lease.Key.Scope;
        string[] announced = [.. Distinct(commit.AnnouncedDeletions.Select(deletion => deletion.Mapping))];
        string[] named =
        [
            .. Distinct(
            [
                .. announced,
                .. commit.WithdrawnDeletions.Select(deletion => deletion.Mapping),
                .. commit.UncoupledElsewhere.Select(record => record.Mapping),
                .. commit.ClearedElsewhere.Select(record => record.Mapping),
            ]),
        ];
        if (announced.Length > 0)
        {
            yield return new Statement(
                """
                INSERT INTO [schema].mapping (scope, name, lease_token, lease_expires_on, writes)
                SELECT $1, name, 0, 0, 0 FROM unnest($2) AS added (name) ORDER BY name COLLATE "C"
                ON CONFLICT (scope, name) DO NOTHING
                """)
                .Text(scope).Texts(announced, name => name);
        }

        if (named.Length > 0)
        {
            yield return new Statement(
                """
                SELECT name, id, NULL::bigint, NULL::bigint FROM [schema].mapping
                WHERE scope = $1 AND (name = any($2) OR name = $3) ORDER BY id FOR UPDATE
                """)
                .Text(scope).Texts(named, name => name).Text(commit.Lease.Key.Mapping);
        }
    }

    private static LockedRow? Add(List<RecordPair> held, Row row)
    {
        held.Add(RecordPair.Read(row));
        return null;
    }

    private static IEnumerable<string> Distinct(IEnumerable<string> names) => names.Distinct(StringComparer.Ordinal);

    private static MappingState ReadState(Row row) => new()
    {
        Local = ReadCheckpoint(row, 0),
        Integration = ReadCheckpoint(row, 1),
        LocalKeysScannedOn = row.InstantOrNull(2),
        IntegrationKeysScannedOn = row.InstantOrNull(3),
    };

    private static Checkpoint? ReadCheckpoint(Row row, int column) => row.TextOrNull(column) switch
    {
        null => null,
        { Length: > 0 and <= Checkpoint.MaximumLength } position => new(position),
        _ => throw new FormatException($"A stored checkpoint must have 1 to {Checkpoint.MaximumLength} characters."),
    };

    // Only the mapping of the lease has a count of writes and the time.
    private sealed record LockedRow(string Name, long Id, long? Writes, DateTimeOffset? Now)
    {
        public static LockedRow Read(Row row) => new(row.Text(0), row.Int64(1), row.Int64OrNull(2), row.InstantOrNull(3));
    }
}
