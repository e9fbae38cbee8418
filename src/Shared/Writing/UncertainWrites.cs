namespace Dataverse.Sync.Shared;

/// <summary>Reads the records of uncertain writes and applies the <see cref="UncertainWriteRules"/>.</summary>
internal sealed class UncertainWrites(IRecordReadback readback)
{
    /// <summary>Gives a result to the writes whose response was lost.</summary>
    /// <param name="writes">The writes.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The writes that were not performed and may be sent again.</returns>
    public async Task<IReadOnlyList<PendingWrite>> DecideAsync(
        IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        foreach (var write in writes)
        {
            write.Uncertain();
        }

        var decidable = writes.Where(write => UncertainWriteRules.IsDecidable(write.Kind, IsRecognizable(write))).ToList();
        var records = await TryReadAsync(decidable, cancellationToken).ConfigureAwait(false);
        var repeatable = new List<PendingWrite>();
        foreach (var write in decidable)
        {
            var record = records?.GetValueOrDefault(write.Id);
            var evidence = EvidenceOf(write, records is null, record);
            var decision = UncertainWriteRules.AfterLostResponse(write.Kind, IsRecognizable(write), evidence);
            Apply(write, decision, record);
            if (decision.MayRepeat)
            {
                repeatable.Add(write);
            }
        }

        return repeatable;
    }

    /// <summary>
    /// Corrects the results of writes that were refused because the record exists or has another version.
    /// </summary>
    /// <param name="writes">The writes, each with the result of the refusal.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public async Task CorrectAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var records = await TryReadAsync([.. writes.Where(HasId)], cancellationToken).ConfigureAwait(false);
        foreach (var write in writes)
        {
            var record = records?.GetValueOrDefault(write.Id);
            var evidence = EvidenceOf(write, records is null, record);
            Apply(write, UncertainWriteRules.AfterRefusal(write.Kind, IsRecognizable(write), write.MayHaveRun, evidence), record);
        }
    }

    private static bool HasId(PendingWrite write) => write.Id != Guid.Empty;

    /// <summary>Whether a repetition of a write is recognized by the system.</summary>
    public bool IsRecognizable(PendingWrite write) => write.Kind == WriteKind.Insert
        ? readback.KeepsChosenIds && HasId(write)
        : write.Operation.ExpectedVersion is not null;

    private RecordEvidence EvidenceOf(PendingWrite write, bool isUnreadable, TableRecord? record)
    {
        if (isUnreadable)
        {
            return RecordEvidence.Unreadable;
        }

        if (record is null)
        {
            return RecordEvidence.Absent;
        }

        if (write.Kind != WriteKind.Delete && readback.HoldsValues(record, write.Operation))
        {
            return RecordEvidence.HoldsValues;
        }

        var expected = write.Operation.ExpectedVersion;
        return expected is not null && record.Version == expected
            ? RecordEvidence.HasExpectedVersion
            : RecordEvidence.Differs;
    }

    private static void Apply(PendingWrite write, UncertainWriteDecision decision, TableRecord? record)
    {
        if (decision.Status is not { } status)
        {
            return;
        }

        if (status == WriteStatus.Applied)
        {
            var known = decision.ReportsRecord ? record : null;
            write.Applied(known?.Version, record: known);
            return;
        }

        write.Refused(status, ErrorOf(status));
    }

    private static SyncError ErrorOf(WriteStatus status) => status switch
    {
        WriteStatus.NotFound => new(SyncErrorCodes.NotFound, "The record does not exist."),
        WriteStatus.VersionMismatch => new(SyncErrorCodes.ConcurrentModification, "The record was changed in the meantime."),
        WriteStatus.Transient => new(SyncErrorCodes.Transient, "The response to the write was lost, and the write was not performed."),
        _ => new(SyncErrorCodes.OutcomeUnknown, "The response to the write was lost."),
    };

    private async Task<Dictionary<Guid, TableRecord>?> TryReadAsync(
        IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        if (writes.Count == 0)
        {
            return [];
        }

        try
        {
            var records = await readback.ReadAsync(writes, cancellationToken).ConfigureAwait(false);
            return records.ToDictionary(record => record.Id);
        }
        catch (ConnectorException)
        {
            return null;
        }
    }
}
