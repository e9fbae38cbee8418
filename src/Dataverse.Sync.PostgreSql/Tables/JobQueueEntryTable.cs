namespace Dataverse.Sync.PostgreSql;

/// <summary>The table of the states of job queue entries.</summary>
internal static class JobQueueEntryTable
{
    private const string Insert =
        """
        INSERT INTO [schema].job_queue_entry (scope, name, version, mapping, is_one_time, state, earliest_start_on, attempts,
            state_before, last_started_on, last_finished_on, last_succeeded_on, last_job_id, message, owner, owned_until,
            ownership_duration)
        VALUES ($1, $2, $3 + 1, $4, $5 <> 0, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        ON CONFLICT (scope, name) DO NOTHING RETURNING version
        """;

    private const string Update =
        """
        UPDATE [schema].job_queue_entry
        SET version = version + 1, mapping = $4, is_one_time = $5 <> 0, state = $6, earliest_start_on = $7, attempts = $8,
            state_before = $9, last_started_on = $10, last_finished_on = $11, last_succeeded_on = $12, last_job_id = $13,
            message = $14, owner = $15, owned_until = $16, ownership_duration = $17
        WHERE scope = $1 AND name = $2 AND version = $3 RETURNING version
        """;

    public static async Task<IReadOnlyList<StoredJobQueueEntry>> ListAsync(
        StoreConnection connection, string scope, CancellationToken cancellationToken) =>
        await connection.ListAsync(
            new Statement(
                """
                SELECT name, mapping, version, is_one_time, state, earliest_start_on, attempts, state_before,
                    last_started_on, last_finished_on, last_succeeded_on, last_job_id, message, owner, owned_until,
                    ownership_duration
                FROM [schema].job_queue_entry WHERE scope = $1 ORDER BY name
                """)
                .Text(scope),
            Read,
            cancellationToken).ConfigureAwait(false);

    /// <summary>Stores an entry with the next version; false if the stored one has another version.</summary>
    public static async Task<bool> TrySaveAsync(
        StoreConnection connection, string scope, StoredJobQueueEntry entry, CancellationToken cancellationToken) =>
        await connection.FirstOrDefaultAsync(
            new Statement(entry.Version == 0 ? Insert : Update)
                .Text(scope).Text(entry.Name).Number(entry.Version).Text(entry.Mapping)
                .Number(entry.IsOneTime ? 1 : 0).Number((long)entry.State).Instant(entry.EarliestStartOn)
                .Number(entry.Attempts).Number((long?)entry.StateBefore).Instant(entry.LastStartedOn)
                .Instant(entry.LastFinishedOn).Instant(entry.LastSucceededOn).Id(entry.LastJobId)
                .Text(entry.Message).Text(entry.Owner).Instant(entry.OwnedUntil)
                .Number(entry.OwnershipDuration?.Ticks),
            row => row.Int64(0) > 0,
            cancellationToken).ConfigureAwait(false);

    private static StoredJobQueueEntry Read(Row row) => new()
    {
        Name = row.Text(0),
        Mapping = row.Text(1),
        Version = row.Int64(2),
        IsOneTime = row.Boolean(3),
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
            : throw new FormatException("A column of the coupling store contains an unknown state of a job queue entry.");
}
