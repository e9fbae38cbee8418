namespace Dataverse.Sync.PostgreSql;

/// <summary>The table of jobs.</summary>
internal static class JobTable
{
    private const string Columns =
        """
        id, scope, mapping, kind, direction, started_on, finished_on, status, message,
        inserted, modified, deleted, unchanged, skipped, failed, coupled, uncoupled, conflicted, cut_texts, doubtful
        """;

    private const string Upsert =
        $"""
        INSERT INTO [schema].job ({Columns})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        ON CONFLICT (id) DO UPDATE
        SET scope = excluded.scope, mapping = excluded.mapping, kind = excluded.kind,
            direction = excluded.direction, started_on = excluded.started_on, finished_on = excluded.finished_on,
            status = excluded.status, message = excluded.message,
            inserted = excluded.inserted, modified = excluded.modified, deleted = excluded.deleted,
            unchanged = excluded.unchanged, skipped = excluded.skipped, failed = excluded.failed,
            coupled = excluded.coupled, uncoupled = excluded.uncoupled, conflicted = excluded.conflicted,
            cut_texts = excluded.cut_texts, doubtful = excluded.doubtful
        """;

    private const string DeleteExpired =
        """
        WITH expired AS (
            DELETE FROM [schema].job WHERE scope = $1 AND finished_on < $2 AND NOT id = any($3) RETURNING id),
        forgotten AS (
            DELETE FROM [schema].job_error WHERE job_id IN (SELECT id FROM expired))
        SELECT count(*) FROM expired
        """;

    public static Task SaveAsync(StoreConnection connection, SyncJob job, CancellationToken cancellationToken)
    {
        var counters = job.Counters;
        var statement = new Statement(Upsert)
            .Id(job.Id).Key(job.Key)
            .Number((long)job.Kind).Number((long)job.Direction)
            .Instant(job.StartedOn).Instant(job.FinishedOn)
            .Number((long)job.Status).Text(job.Message)
            .Number(counters.Inserted).Number(counters.Modified).Number(counters.Deleted)
            .Number(counters.Unchanged).Number(counters.Skipped).Number(counters.Failed)
            .Number(counters.Coupled).Number(counters.Uncoupled).Number(counters.Conflicted)
            .Number(job.CutTexts).Number(counters.Doubtful);
        return connection.RunAsync([statement], cancellationToken);
    }

    public static Task<List<SyncJob>> ListAsync(
        StoreConnection connection, string scope, string? mapping, int limit, CancellationToken cancellationToken) =>
        connection.ListAsync(
            new Statement(
                $"""
                SELECT {Columns} FROM [schema].job WHERE scope = $1 AND ($2 IS NULL OR mapping = $2)
                ORDER BY started_on DESC, sequence DESC LIMIT $3
                """)
                .Text(scope).Text(mapping).Number(limit),
            Read,
            cancellationToken);

    /// <summary>Deletes jobs and their errors, and returns the number of jobs.</summary>
    public static Task<long> DeleteAsync(
        StoreConnection connection,
        string scope,
        DateTimeOffset finishedBefore,
        IReadOnlyCollection<Guid> keep,
        CancellationToken cancellationToken) =>
        connection.FirstOrDefaultAsync(
            new Statement(DeleteExpired).Text(scope).Instant(finishedBefore).Ids(keep),
            row => row.Int64(0),
            cancellationToken);

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
