using Dataverse.Sync.Shared;

namespace Dataverse.Sync.PostgreSql;

/// <summary>The table of failed and waiting records.</summary>
internal static class FailureTable
{
    private const string Columns =
        """
        side, record_id, state, code, message, field, attempts, first_failed_on, last_failed_on, next_try_on,
        awaited_mappings, awaited_side, awaited_id, job_id, version, awaited_alternatives, candidates
        """;

    private const string Upsert =
        $"""
        INSERT INTO [schema].failure (mapping_id, {Columns})
        SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        ON CONFLICT (mapping_id, side, record_id) DO UPDATE
        SET state = excluded.state, code = excluded.code, message = excluded.message, field = excluded.field,
            attempts = excluded.attempts, first_failed_on = excluded.first_failed_on,
            last_failed_on = excluded.last_failed_on, next_try_on = excluded.next_try_on,
            awaited_mappings = excluded.awaited_mappings, awaited_side = excluded.awaited_side,
            awaited_id = excluded.awaited_id, job_id = excluded.job_id, version = excluded.version,
            awaited_alternatives = excluded.awaited_alternatives, candidates = excluded.candidates
        """;

    public static Task<List<RecordFailure>> ListAfterAsync(
        StoreConnection connection, MappingKey key, RecordFailure? last, int limit, CancellationToken cancellationToken) =>
        connection.ListAsync(
            new Statement(
                $"""
                SELECT {Columns} FROM [schema].failure
                WHERE mapping_id = {MappingTable.IdOfKey} AND (first_failed_on, side, record_id) > ($3, $4, $5)
                ORDER BY first_failed_on, side, record_id LIMIT $6
                """)
                .Key(key)
                .Number(last?.FirstFailedOn.UtcTicks ?? -1)
                .Number((long)(last?.Record.Side ?? 0)).Id(last?.Record.Id ?? Guid.Empty)
                .Number(limit),
            Read,
            cancellationToken);

    public static async Task<Dictionary<RecordFailureState, long>> CountAsync(
        StoreConnection connection, MappingKey key, CancellationToken cancellationToken) => (await connection.ListAsync(
            new Statement(
                $"SELECT state, count(*) FROM [schema].failure WHERE mapping_id = {MappingTable.IdOfKey} GROUP BY state").Key(key),
            row => ((RecordFailureState)row.Byte(0), row.Int64(1)),
            cancellationToken).ConfigureAwait(false)).ToDictionary();

    public static IEnumerable<Statement> Remove(long mapping, IReadOnlyCollection<RecordKey> records) =>
        records.GroupBy(record => record.Side, record => record.Id).Select(side =>
            new Statement("DELETE FROM [schema].failure WHERE mapping_id = $1 AND side = $2 AND record_id = any($3)")
                .Number(mapping).Number((long)side.Key).Ids(side));

    public static IEnumerable<Statement> Save(long mapping, IReadOnlyCollection<RecordFailure> entries)
    {
        if (entries.Count == 0)
        {
            yield break;
        }

        var failures = Latest.Of(entries, failure => failure.Record);
        yield return new Statement(Upsert)
            .Number(mapping)
            .Numbers(failures, failure => (long)failure.Record.Side)
            .Ids(failures, failure => failure.Record.Id)
            .Numbers(failures, failure => (long)failure.State)
            .Texts(failures, failure => failure.Error.Code)
            .Texts(failures, failure => failure.Error.Message)
            .Texts(failures, failure => failure.Error.Field)
            .Numbers(failures, failure => failure.Attempts)
            .Instants(failures, failure => failure.FirstFailedOn)
            .Instants(failures, failure => failure.LastFailedOn)
            .Instants(failures, failure => failure.NextTryOn)
            .Texts(failures, failure => failure.Awaited is { } awaited ? NameListCodec.Write(awaited.Mappings) : null)
            .Numbers(failures, failure => (long?)failure.Awaited?.Record.Side)
            .Ids(failures, failure => failure.Awaited?.Record.Id)
            .Ids(failures, failure => failure.JobId)
            .Numbers(failures, failure => unchecked((long)failure.Version))
            .Texts(failures, failure => AwaitedCouplingsCodec.Write(failure.Awaited?.Alternative))
            .Blobs(failures, failure => MatchCandidateCodec.Write(failure.Candidates));
    }

    private static RecordFailure Read(Row row) => new()
    {
        Record = new((SyncSide)row.Byte(0), row.Guid(1)),
        State = (RecordFailureState)row.Byte(2),
        Error = new(row.Text(3), row.Text(4), row.TextOrNull(5)),
        Attempts = row.Int32(6),
        FirstFailedOn = row.Instant(7),
        LastFailedOn = row.Instant(8),
        NextTryOn = row.InstantOrNull(9),
        Awaited = ReadAwaited(row),
        JobId = row.Guid(13),
        Version = unchecked((ulong)row.Int64(14)),
        Candidates = MatchCandidateCodec.Read(row.BlobOrNull(16)),
    };

    private static AwaitedCoupling? ReadAwaited(Row row) => row.TextOrNull(10) is { } mappings
        ? new(NameListCodec.Read(mappings), new((SyncSide)row.Byte(11), row.Guid(12)))
        {
            Alternative = AwaitedCouplingsCodec.Read(row.TextOrNull(15)),
        }
        : null;
}
