using System.Globalization;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Writes the records that wait for a decision: one row for each candidate, with the versions that exist now.
/// </summary>
internal sealed class DecisionExport(EngineServices services, CompiledMapping mapping, MappingKey key)
{
    private const int ChunkSize = 500;

    private readonly CurrentRecords current = new(services, mapping, key);

    /// <summary>Whether a failure waits for a decision of a person about the partner of its record.</summary>
    public static bool IsOpen(RecordFailure failure) => failure.State == RecordFailureState.Doubtful
        || failure is { State: RecordFailureState.Uncoupled, Error.Code: SyncErrorCodes.Uncoupled };

    public async Task<long> WriteAsync(
        TextWriter writer, DecisionExportOptions options, CancellationToken cancellationToken)
    {
        var csv = new CsvWriter(writer);
        await csv.WriteAsync([.. DecisionColumns.All, .. ValueColumns(options)], cancellationToken).ConfigureAwait(false);
        var rows = 0L;
        var chunk = new List<RecordFailure>(ChunkSize);
        var failures = services.Store.ListFailuresAsync(key, cancellationToken);
        await foreach (var failure in failures.ConfigureAwait(false))
        {
            if (IsOpen(failure))
            {
                chunk.Add(failure);
            }

            if (chunk.Count == ChunkSize)
            {
                rows += await WriteAsync(csv, chunk, options, cancellationToken).ConfigureAwait(false);
                chunk.Clear();
            }
        }

        rows += await WriteAsync(csv, chunk, options, cancellationToken).ConfigureAwait(false);
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        return rows;
    }

    private IEnumerable<string> ValueColumns(DecisionExportOptions options) => !options.IncludesValues
        ? []
        : new[] { "record", DecisionColumns.Candidate }.SelectMany(
            owner => mapping.Fields.Select(field => CsvWriter.Safe($"{owner}: {field.Mapping.Key}")));

    private async Task<int> WriteAsync(
        CsvWriter csv, List<RecordFailure> failures, DecisionExportOptions options, CancellationToken cancellationToken)
    {
        var keys = failures.SelectMany(failure =>
            failure.Candidates.Select(candidate => candidate.Record).Append(failure.Record)).ToHashSet();
        var records = await current.ReadAsync(keys, cancellationToken).ConfigureAwait(false);
        var coupled = await current.FindCoupledAsync(keys, cancellationToken).ConfigureAwait(false);
        var rows = 0;
        foreach (var failure in failures)
        {
            foreach (var candidate in CandidatesOf(failure))
            {
                IEnumerable<string> cells =
                [
                    string.Empty,
                    .. Cells(failure.Record, records),
                    .. candidate is { } known ? Cells(known, records) : ["", "", ""],
                    candidate is { } named ? coupled.ContainsKey(named) ? "yes" : "no" : string.Empty,
                    CsvWriter.Safe(failure.Error.Code),
                    failure.FirstFailedOn.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                    .. options.IncludesValues ? Values(failure.Record, records) : [],
                    .. options.IncludesValues ? Values(candidate, records) : [],
                ];
                await csv.WriteAsync(cells, cancellationToken).ConfigureAwait(false);
                rows++;
            }
        }

        return rows;
    }

    // Those with which the record can be coupled come first.
    private static IEnumerable<RecordKey?> CandidatesOf(RecordFailure failure) => failure.Candidates.Count == 0
        ? [null]
        : failure.Candidates.OrderBy(candidate => candidate.Record.Side == failure.Record.Side)
            .Select(candidate => (RecordKey?)candidate.Record);

    private IEnumerable<string> Cells(RecordKey key, Dictionary<RecordKey, TableRecord> records) =>
    [
        DecisionColumns.Of(key.Side),
        key.Id.ToString("D"),
        records.TryGetValue(key, out var record)
            ? DecisionColumns.Of(current.StateOf(key.Side, record))
            : string.Empty,
    ];

    private IEnumerable<string> Values(RecordKey? key, Dictionary<RecordKey, TableRecord> records)
    {
        if (key is not { } known || !records.TryGetValue(known, out var record) || IsOthers(known.Side, record))
        {
            return mapping.Fields.Select(_ => string.Empty);
        }

        var values = mapping.View(known.Side, record);
        return mapping.Fields.Select(field => field.CanRead(known.Side) ? CellOf(values[field]) : string.Empty);
    }

    private bool IsOthers(SyncSide side, TableRecord record) => new FilterGate(mapping).IsClaimedByOther(side, record);

    // A number is none of a person's texts, and a formula only if it is one.
    private static string CellOf(FieldValue value) => value.Kind is FieldValueKind.Integer or FieldValueKind.Decimal
        ? value.ToString()
        : CsvWriter.Safe(value.ToString());
}
