namespace Dataverse.Sync.Sqlite;

/// <summary>The table of the states of job queue entries.</summary>
internal static class JobQueueEntryTable
{
    public static IReadOnlyList<StoredJobQueueEntry> List(FileConnection connection, string scope) => connection.Prepared(
        """
        SELECT name, mapping, version, is_one_time, state, earliest_start_on, attempts, state_before, last_started_on,
            last_finished_on, last_succeeded_on, last_job_id, message, owner, owned_until,
            ownership_duration
        FROM job_queue_entry WHERE scope = ?1 ORDER BY name
        """)
        .Bind(1, scope)
        .List(Read);

    /// <summary>Stores an entry with the next version; false if the stored one has another version.</summary>
    public static bool TrySave(FileConnection connection, string scope, StoredJobQueueEntry entry)
    {
        if (ReadVersion(connection, scope, entry.Name) != entry.Version)
        {
            return false;
        }

        _ = connection.Prepared(
            """
            INSERT OR REPLACE INTO job_queue_entry (scope, name, mapping, version, is_one_time, state, earliest_start_on,
                attempts, state_before, last_started_on, last_finished_on, last_succeeded_on, last_job_id, message, owner,
                owned_until, ownership_duration)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
            """)
            .Bind(1, scope).Bind(2, entry.Name).Bind(3, entry.Mapping).Bind(4, entry.Version + 1)
            .Bind(5, entry.IsOneTime ? 1L : 0L).Bind(6, (long)entry.State).Bind(7, entry.EarliestStartOn)
            .Bind(8, (long)entry.Attempts).Bind(9, (long?)entry.StateBefore).Bind(10, entry.LastStartedOn)
            .Bind(11, entry.LastFinishedOn).Bind(12, entry.LastSucceededOn)
            .Bind(13, entry.LastJobId).Bind(14, entry.Message).Bind(15, entry.Owner).Bind(16, entry.OwnedUntil)
            .Bind(17, entry.OwnershipDuration?.Ticks)
            .Execute();
        return true;
    }

    private static StoredJobQueueEntry Read(Row row) => new()
    {
        Name = row.Text(0),
        Mapping = row.Text(1),
        Version = row.Int64(2),
        IsOneTime = row.Int64(3) != 0,
        State = State(row, 4),
        EarliestStartOn = row.InstantOrNull(5),
        Attempts = row.Int32(6),
        StateBefore = row.IsNull(7) ? null : State(row, 7),
        LastStartedOn = row.InstantOrNull(8),
        LastFinishedOn = row.InstantOrNull(9),
        LastSucceededOn = row.InstantOrNull(10),
        LastJobId = row.IsNull(11) ? null : row.Guid(11),
        Message = row.TextOrNull(12),
        Owner = row.TextOrNull(13),
        OwnedUntil = row.InstantOrNull(14),
        OwnershipDuration = row.DurationOrNull(15),
    };

    // A job queue would leave an entry in an unknown state alone forever, without telling anybody.
    private static JobQueueEntryState State(Row row, int column) =>
        (JobQueueEntryState)row.Byte(column) is <= JobQueueEntryState.Finished and var state
            ? state
            : throw new FormatException("A column of the coupling file contains an unknown state of a job queue entry.");

    private static long ReadVersion(FileConnection connection, string scope, string name) => connection.Prepared(
        "SELECT version FROM job_queue_entry WHERE scope = ?1 AND name = ?2")
        .Bind(1, scope).Bind(2, name)
        .FirstOrDefault(row => row.Int64OrNull(0)) ?? 0;
}
