namespace Dataverse.Sync.PostgreSql;

/// <summary>The table of the errors of jobs.</summary>
internal static class JobErrorTable
{
    // The rows get their sequence in the order of the arrays.
    private const string Insert =
        """
        INSERT INTO [schema].job_error (job_id, side, record_id, occurred_on, code, message, field)
        SELECT job.id, added.side, added.record_id, added.occurred_on, added.code, added.message, added.field
        FROM unnest($1, $2, $3, $4, $5, $6, $7) WITH ORDINALITY
            AS added (job_id, side, record_id, occurred_on, code, message, field, place)
        JOIN [schema].job AS job ON job.id = added.job_id ORDER BY added.place
        """;

    public static Task AddAsync(
        StoreConnection connection, IReadOnlyList<SyncJobError> errors, CancellationToken cancellationToken)
    {
        var statement = new Statement(Insert)
            .Ids(errors, error => error.JobId)
            .Numbers(errors, error => (long)error.Record.Side)
            .Ids(errors, error => error.Record.Id)
            .Instants(errors, error => error.OccurredOn)
            .Texts(errors, error => error.Error.Code)
            .Texts(errors, error => error.Error.Message)
            .Texts(errors, error => error.Error.Field);
        return connection.RunAsync([statement], cancellationToken);
    }

    public static Task<List<SyncJobError>> ListAsync(
        StoreConnection connection, Guid jobId, CancellationToken cancellationToken) =>
        connection.ListAsync(
            new Statement(
                """
                SELECT side, record_id, occurred_on, code, message, field FROM [schema].job_error WHERE job_id = $1
                ORDER BY occurred_on, sequence
                """)
                .Id(jobId),
            row => new SyncJobError(
                jobId,
                new((SyncSide)row.Byte(0), row.Guid(1)),
                row.Instant(2),
                new(row.Text(3), row.Text(4), row.TextOrNull(5))),
            cancellationToken);
}
