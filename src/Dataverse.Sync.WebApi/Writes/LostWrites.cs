using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.WebApi;

/// <summary>Finds out by reading what became of writes whose answer was lost.</summary>
internal sealed class LostWrites(WriteContext context)
{
    /// <summary>Answers the writes whose fate the records show.</summary>
    /// <returns>The writes that were not performed and may be repeated: a repetition is recognized by its id or its expected version.</returns>
    public async Task<IReadOnlyList<PendingWrite>> SettleAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        WebApiLog.AnswerLost(context.Logger, context.Client.Name, writes.Count, context.Table.Name);
        foreach (var write in writes)
        {
            write.MayHaveRun = true;
            write.Lost();
        }

        // What the record holds now does not tell who wrote it, unless the version was known before.
        var decidable = writes.Where(write => write.Kind != WriteKind.Update || write.Operation.ExpectedVersion is not null).ToList();
        return decidable.Count > 0 && await TryReadAsync(decidable, cancellationToken).ConfigureAwait(false) is { } records
            ? [.. decidable.Where(write => MayBeRepeated(write, records.GetValueOrDefault(write.Id)))]
            : [];
    }

    /// <summary>Corrects the answers of writes that met another version: of a record that is gone, or that their own earlier attempt left.</summary>
    public async Task ReadBackAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        if (writes.Count == 0)
        {
            return;
        }

        var records = await TryReadAsync(writes, cancellationToken).ConfigureAwait(false);
        foreach (var write in writes)
        {
            Correct(write, records is null, records?.GetValueOrDefault(write.Id));
        }
    }

    /// <summary>Refuses the writes whose record has another version than expected, for tables of which the service compares none.</summary>
    public async Task<IReadOnlyList<PendingWrite>> CompareVersionsAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var expecting = writes.Where(write => write.Operation.ExpectedVersion is not null && write.Kind != WriteKind.Insert).ToList();
        if (context.Table.ChecksVersions || expecting.Count == 0)
        {
            return writes;
        }

        var records = await ReadAsync(expecting, [], cancellationToken).ConfigureAwait(false);
        foreach (var write in expecting)
        {
            var record = records.GetValueOrDefault(write.Id);
            if (record is null)
            {
                Missing(write);
            }
            else if (record.Version != write.Operation.ExpectedVersion)
            {
                Mismatch(write);
            }
        }

        return [.. writes.Where(write => write.Result is null)];
    }

    private bool MayBeRepeated(PendingWrite write, TableRecord? record)
    {
        var expected = write.Operation.ExpectedVersion;
        switch (write.Kind)
        {
            case WriteKind.Insert when record is null:
                return true;
            case WriteKind.Insert:
                write.Applied(record.Version);
                return false;
            case WriteKind.Update or WriteKind.Delete when record is null:
                Missing(write);
                return false;
            case WriteKind.Update when HoldsFields(record!, write.Operation):
                write.Applied(record!.Version);
                return false;
        }

        if (expected is null || record!.Version == expected)
        {
            return true;
        }

        Mismatch(write);
        return false;
    }

    private void Correct(PendingWrite write, bool isUnreadable, TableRecord? record)
    {
        if (isUnreadable)
        {
            if (write.MayHaveRun)
            {
                write.Lost();
            }
        }
        else if (record is null && write.Kind != WriteKind.Insert)
        {
            Missing(write);
        }
        else if (record is not null && write.MayHaveRun && (write.Kind == WriteKind.Insert || HoldsFields(record, write.Operation)))
        {
            write.Applied(record.Version);
        }
    }

    private static void Missing(PendingWrite write)
    {
        if (write.Kind == WriteKind.Delete)
        {
            write.Applied();
        }
        else
        {
            write.Refused(WriteStatus.NotFound, new SyncError(SyncErrorCodes.NotFound, "The record does not exist."));
        }
    }

    private static void Mismatch(PendingWrite write) =>
        write.Refused(WriteStatus.VersionMismatch, new SyncError(SyncErrorCodes.ConcurrentModification, "The record was changed meanwhile."));

    private bool HoldsFields(TableRecord record, WriteOperation operation) =>
        operation.Kind == WriteKind.Update && operation.Fields.All(write => IsSame(record[write.Field], Stored(write)));

    private FieldValue Stored(FieldWrite write) => write.Field == FullNameSplitter.Field && !write.Value.IsBlank && context.Table.FullName is { } splitter
        ? FieldValue.Text(splitter.Fit(write.Value.AsText()).ToString())
        : write.Value;

    private static bool IsSame(FieldValue stored, FieldValue written) => (stored.Kind, written.Kind) switch
    {
        (FieldValueKind.DateTime, FieldValueKind.DateTime) => stored.AsDateTime().ToUnixTimeSeconds() == written.AsDateTime().ToUnixTimeSeconds(),
        (FieldValueKind.Integer or FieldValueKind.Decimal, FieldValueKind.Integer or FieldValueKind.Decimal) => stored.AsDecimal() == written.AsDecimal(),
        (FieldValueKind.Identifier or FieldValueKind.Reference, FieldValueKind.Identifier or FieldValueKind.Reference) => stored.AsIdentifier() == written.AsIdentifier(),
        _ => stored == written,
    };

    private async Task<Dictionary<Guid, TableRecord>?> TryReadAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        try
        {
            var fields = writes.Where(write => write.Kind == WriteKind.Update).SelectMany(write => write.Operation.Fields).Select(write => write.Field);
            return await ReadAsync(writes, fields, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException)
        {
            return null;
        }
    }

    private async Task<Dictionary<Guid, TableRecord>> ReadAsync(IReadOnlyList<PendingWrite> writes, IEnumerable<string> fields, CancellationToken cancellationToken)
    {
        var selection = Selection.Of(context.Table, fields, context.Client.Name);
        var records = await context.Lookup.ByIdAsync(selection, writes.Select(write => write.Id), cancellationToken).ConfigureAwait(false);
        return records.ToDictionary(record => record.Id);
    }
}
