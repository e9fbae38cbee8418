using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite;

/// <summary>The table of failed and waiting records.</summary>
internal static class FailureTable
{
    private const string Columns =
        """
        side, record_id, state, code, message, field, attempts, first_failed_on, last_failed_on, next_try_on,
        awaited_mappings, awaited_side, awaited_id, job_id, version, awaited_alternatives, candidates
        """;

    public static List<RecordFailure> ListAfter(
        FileConnection connection, MappingKey key, RecordFailure? last, int limit) =>
        connection.Prepared(
            $"""
            SELECT {Columns} FROM failure
            WHERE mapping_id = {MappingTable.IdOfKey} AND (first_failed_on, side, record_id) > (?3, ?4, ?5)
            ORDER BY first_failed_on, side, record_id LIMIT ?6
            """)
            .Bind(key)
            .Bind(3, last?.FirstFailedOn.UtcTicks ?? -1)
            .Bind(4, (long)(last?.Record.Side ?? 0)).Bind(5, last?.Record.Id ?? Guid.Empty)
            .Bind(6, limit)
            .List(Read);

    public static Dictionary<RecordFailureState, long> Count(FileConnection connection, MappingKey key) =>
        connection.Prepared($"SELECT state, count(*) FROM failure WHERE mapping_id = {MappingTable.IdOfKey} GROUP BY state")
            .Bind(key)
            .List(row => ((RecordFailureState)row.Byte(0), row.Int64(1)))
            .ToDictionary();

    public static void Remove(FileConnection connection, long mapping, IReadOnlyList<RecordKey> records)
    {
        foreach (var side in records.GroupBy(record => record.Side, record => record.Id))
        {
            _ = connection.Prepared(
                $"DELETE FROM failure WHERE mapping_id = ?1 AND side = ?2 AND record_id IN {IdList.Select("?3")}")
                .Bind(1, mapping).Bind(2, (long)side.Key).Bind(3, IdList.Pack([.. side])).Execute();
        }
    }

    public static void Save(FileConnection connection, long mapping, IReadOnlyList<RecordFailure> failures)
    {
        var statement = connection.Prepared(
            $"""
            INSERT INTO failure (mapping_id, {Columns})
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
            ON CONFLICT (mapping_id, side, record_id) DO UPDATE
            SET state = excluded.state, code = excluded.code, message = excluded.message, field = excluded.field,
                attempts = excluded.attempts, first_failed_on = excluded.first_failed_on,
                last_failed_on = excluded.last_failed_on, next_try_on = excluded.next_try_on,
                awaited_mappings = excluded.awaited_mappings, awaited_side = excluded.awaited_side,
                awaited_id = excluded.awaited_id, job_id = excluded.job_id, version = excluded.version,
                awaited_alternatives = excluded.awaited_alternatives, candidates = excluded.candidates
            """);
        foreach (var failure in failures)
        {
            _ = Bind(statement.Bind(1, mapping), failure).Execute();
        }
    }

    private static Statement Bind(Statement statement, RecordFailure failure)
    {
        _ = statement
            .Bind(2, (long)failure.Record.Side).Bind(3, failure.Record.Id).Bind(4, (long)failure.State)
            .Bind(5, failure.Error.Code).Bind(6, failure.Error.Message).Bind(7, failure.Error.Field)
            .Bind(8, failure.Attempts)
            .Bind(9, failure.FirstFailedOn).Bind(10, failure.LastFailedOn).Bind(11, failure.NextTryOn)
            .Bind(15, failure.JobId).Bind(16, unchecked((long)failure.Version))
            .Bind(17, AwaitedCouplingsCodec.Write(failure.Awaited?.Alternative))
            .Bind(18, MatchCandidateCodec.Write(failure.Candidates));
        return BindAwaited(statement, failure.Awaited);
    }

    private static Statement BindAwaited(Statement statement, AwaitedCoupling? awaited) => awaited is null
        ? statement.Bind(12, (string?)null).Bind(13, (long?)null).Bind(14, (byte[]?)null)
        : statement
            .Bind(12, NameListCodec.Write(awaited.Mappings))
            .Bind(13, (long)awaited.Record.Side).Bind(14, awaited.Record.Id);

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
        Candidates = MatchCandidateCodec.Read(row.Blob(16)),
    };

    private static AwaitedCoupling? ReadAwaited(Row row) => row.TextOrNull(10) is { } mappings
        ? new(NameListCodec.Read(mappings), new((SyncSide)row.Byte(11), row.Guid(12)))
        {
            Alternative = AwaitedCouplingsCodec.Read(row.TextOrNull(15)),
        }
        : null;
}
