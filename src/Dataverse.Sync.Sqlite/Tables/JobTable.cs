namespace Dataverse.Sync.Sqlite;

/// <summary>The tables of jobs and of their errors.</summary>
internal static class JobTable
{
    private const string Columns =
        """
        id, scope, mapping, kind, direction, started_on, finished_on, status, message,
        inserted, modified, deleted, unchanged, skipped, failed, coupled, uncoupled, conflicted, cut_texts, doubtful
        """;

    private static readonly string Expired = $"scope = ?1 AND finished_on < ?2 AND id NOT IN {IdList.Select("?3")}";

    public static void Save(FileConnection connection, SyncJob job)
    {
        var statement = connection.Prepared(
            $"""
            INSERT INTO job ({Columns})
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
            ON CONFLICT (id) DO UPDATE
            SET scope = excluded.scope, mapping = excluded.mapping, kind = excluded.kind,
                direction = excluded.direction, started_on = excluded.started_on, finished_on = excluded.finished_on,
                status = excluded.status, message = excluded.message,
                inserted = excluded.inserted, modified = excluded.modified, deleted = excluded.deleted,
                unchanged = excluded.unchanged, skipped = excluded.skipped, failed = excluded.failed,
                coupled = excluded.coupled, uncoupled = excluded.uncoupled, conflicted = excluded.conflicted,
                cut_texts = excluded.cut_texts, doubtful = excluded.doubtful
            """)
            .Bind(1, job.Id).Bind(2, job.Key.Scope).Bind(3, job.Key.Mapping)
            .Bind(4, (long)job.Kind).Bind(5, (long)job.Direction)
            .Bind(6, job.StartedOn).Bind(7, job.FinishedOn)
            .Bind(8, (long)job.Status).Bind(9, job.Message)
            .Bind(19, job.CutTexts);
        _ = Bind(statement, job.Counters).Execute();
    }

    public static void AddErrors(FileConnection connection, IReadOnlyList<SyncJobError> errors)
    {
        var statement = connection.Prepared(
            """
            INSERT INTO job_error (job_id, side, record_id, occurred_on, code, message, field)
            SELECT id, ?2, ?3, ?4, ?5, ?6, ?7 FROM job WHERE id = ?1
            """);
        foreach (var error in errors)
        {
            _ = statement
                .Bind(1, error.JobId)
                .Bind(2, (long)error.Record.Side).Bind(3, error.Record.Id)
                .Bind(4, error.OccurredOn)
                .Bind(5, error.Error.Code).Bind(6, error.Error.Message).Bind(7, error.Error.Field)
                .Execute();
        }
    }

    public static IReadOnlyList<SyncJob> List(FileConnection connection, string scope, string? mapping, int limit) =>
        connection.Prepared(
            $"""
            SELECT {Columns} FROM job WHERE scope = ?1 AND (?2 IS NULL OR mapping = ?2)
            ORDER BY started_on DESC, sequence DESC LIMIT ?3
            """)
            .Bind(1, scope).Bind(2, mapping).Bind(3, limit).List(Read);

    public static IReadOnlyList<SyncJobError> ListErrors(FileConnection connection, Guid jobId) =>
        connection.Prepared(
            """
            SELECT side, record_id, occurred_on, code, message, field FROM job_error WHERE job_id = ?1
            ORDER BY occurred_on, sequence
            """)
            .Bind(1, jobId)
            .List(row => ReadError(jobId, row));

    public static int Delete(FileConnection connection, string scope, DateTimeOffset finishedBefore, byte[] keep)
    {
        _ = BindExpired($"DELETE FROM job_error WHERE job_id IN (SELECT id FROM job WHERE {Expired})").Execute();
        return BindExpired($"DELETE FROM job WHERE {Expired}").Execute();

        Statement BindExpired(string sql) =>
            connection.Prepared(sql).Bind(1, scope).Bind(2, finishedBefore).Bind(3, keep);
    }

    private static Statement Bind(Statement statement, SyncCounters counters) => statement
        .Bind(10, counters.Inserted)
        .Bind(11, counters.Modified)
        .Bind(12, counters.Deleted)
        .Bind(13, counters.Unchanged)
        .Bind(14, counters.Skipped)
        .Bind(15, counters.Failed)
        .Bind(16, counters.Coupled)
        .Bind(17, counters.Uncoupled)
        .Bind(18, counters.Conflicted)
        .Bind(20, counters.Doubtful);

    private static SyncJobError ReadError(Guid jobId, Row row) => new(
        jobId,
        new((SyncSide)row.Byte(0), row.Guid(1)),
        row.Instant(2),
        new(row.Text(3), row.Text(4), row.TextOrNull(5)));

    private static SyncJob Read(Row row) => new()
    {
        Id = row.Guid(0),
        Key = new(row.Text(1), row.Text(2)),
        Kind = (SyncJobKind)row.Byte(3),
        Direction = (SyncDirection)row.Byte(4),
        StartedOn = row.Instant(5),
        FinishedOn = row.InstantOrNull(6),
        Status = (SyncJobStatus)row.Byte(7),
        Message = row.TextOrNull(8),
        Counters = new()
        {
            Inserted = row.Int64(9),
            Modified = row.Int64(10),
            Deleted = row.Int64(11),
            Unchanged = row.Int64(12),
            Skipped = row.Int64(13),
            Failed = row.Int64(14),
            Coupled = row.Int64(15),
            Uncoupled = row.Int64(16),
            Conflicted = row.Int64(17),
            Doubtful = row.Int64(19),
        },
        CutTexts = row.Int64(18),
    };
}
