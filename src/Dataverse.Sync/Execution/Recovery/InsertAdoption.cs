namespace Dataverse.Sync.Execution;

/// <summary>
/// Carries out the decisions about uncertain inserts, and provides the facts that recovery by id and by content share.
/// </summary>
internal sealed class InsertAdoption(
    RunSettings settings,
    MappingTables tables,
    MappingCouplings couplings,
    FailureLedger failures,
    UncertainInserts uncertain,
    UnitOfWork unit)
{
    /// <summary>The records whose partners were adopted.</summary>
    public List<RecordKey> Sources { get; } = [];

    /// <summary>
    /// Couples the source of an insert with the record that the insert created, as if the response had been received.
    /// </summary>
    /// <remarks>
    /// The source may have been edited or deleted while it was held, after the checkpoint passed. So it has a failure,
    /// which is not cleared before the source has been processed again or its deletion has been: the run may stop first.
    /// A person who took the pair apart meanwhile has settled the matter.
    /// </remarks>
    public async Task AdoptAsync(Intent intent, TableRecord record, CancellationToken cancellationToken)
    {
        var source = intent.SourceKey();
        if (UncoupledPairs.Separates(failures.Of(source), new(intent.Target, record.Id)))
        {
            unit.Complete(intent);
            return;
        }

        if (await couplings.FindAsync(source, cancellationToken).ConfigureAwait(false) is { } earlier)
        {
            unit.Uncouple(earlier.LocalId);
        }

        var coupling = Coupling.Between(source.Side, source.Id, record.Id);
        unit.Couple(coupling with { Base = intent.BaseWith(record, settings), SynchronizedOn = settings.Now });
        unit.Complete(intent);
        unit.Count(coupling, PlanOutcome.Inserted);
        Sources.Add(source);
        if (failures.Of(source) is null)
        {
            unit.Await(source, new(UncertainInsertErrors.Held) { NextTryOn = settings.Now });
        }
    }

    /// <summary>Excludes the source of an insert from this run and schedules it for the end of the window.</summary>
    public void Hold(Intent intent)
    {
        unit.Fail(intent.SourceKey(), new(UncertainInsertErrors.Held) { NextTryOn = EndOf(intent) });
        unit.Count(intent.SourceKey(), PlanOutcome.Failed);
        uncertain.Hold(intent);
    }

    /// <summary>Leaves the source of an insert to a person.</summary>
    public void LeaveSource(Intent intent)
    {
        unit.Complete(intent);
        LeaveToPerson(intent.SourceKey(), UncertainInsertErrors.OfSource, version: null);
    }

    /// <summary>Leaves a record that an insert may have created to a person.</summary>
    public void LeaveRecord(SyncSide side, TableRecord record) =>
        LeaveToPerson(new(side, record.Id), UncertainInsertErrors.OfRecord, record.Version);

    /// <summary>Whether the source of an insert is coupled with another record that exists.</summary>
    public async Task<bool> IsSourceCoupledAsync(Intent intent, CancellationToken cancellationToken)
    {
        if (await couplings.FindAsync(intent.SourceKey(), cancellationToken).ConfigureAwait(false) is not { } coupling)
        {
            return false;
        }

        var partner = coupling.IdOf(intent.Target);
        return (await tables.ReadAsync(intent.Target, [partner], cancellationToken).ConfigureAwait(false)).Count > 0;
    }

    /// <summary>
    /// Whether the source of an insert has no partner, or a deleted one that is to be restored.
    /// </summary>
    /// <remarks>
    /// This includes an insert that was refused because the record exists. Repeated under the same id, it is refused
    /// again if the record is ours and cannot be read; under another id, it would create a second one.
    /// </remarks>
    public async Task<bool> IsPartnerWantedAsync(Intent intent, CancellationToken cancellationToken)
    {
        if (await couplings.FindAsync(intent.SourceKey(), cancellationToken).ConfigureAwait(false) is null)
        {
            return true;
        }

        return settings.Mapping.Mapping.DeletionPolicy == DeletionPolicy.RestoreRecords
            && !await IsSourceCoupledAsync(intent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the system can no longer be processing the request.</summary>
    public bool IsWindowOver(Intent intent) => settings.Now >= EndOf(intent);

    private DateTimeOffset EndOf(Intent intent) => (intent.SendBefore ?? intent.JournaledOn) + settings.UncertainWriteWindow;

    private void LeaveToPerson(RecordKey record, SyncError error, string? version)
    {
        unit.Fail(record, new(error, version) { NeedsPerson = true });
        unit.Count(record, PlanOutcome.Failed);
    }
}
