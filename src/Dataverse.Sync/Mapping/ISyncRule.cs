namespace Dataverse.Sync;

/// <summary>User code that is called for the records of a run and may change what happens to them.</summary>
/// <remarks>
/// <para>Every member has a default that changes nothing; implement those that are needed. The rules of the engine are
/// called first, then those of the mapping, each in the order of registration and, within a run, for one record after the
/// other.</para>
/// <para>A rule that throws fails the record for which it was called, and the run continues; throw
/// <see cref="SyncRuleException"/> to give the reason. Only three kinds of exceptions end the run instead: a
/// <see cref="CouplingStoreException"/>, a <see cref="LeaseLostException"/>, and an
/// <see cref="OperationCanceledException"/> once the token was cancelled.</para>
/// <para>One instance serves all runs and previews of all its mappings, and calls from several of them come at the same time:
/// a run of all mappings runs up to <see cref="SyncEngineOptions.MaxConcurrentMappings"/> of them at once. So fields of the rule
/// must be safe for concurrent use. Store the state of a run in <see cref="SyncRunContext.Items"/>, which belongs to one
/// mapping in one run. A rule that reads what another mapping writes needs that mapping among the
/// <see cref="IIntegrationTableMapping.Dependencies"/> of its own. Members may be called several times for a record, because
/// a record that changes meanwhile is planned again. A preview calls every member except <see cref="AfterWriteAsync"/>, so
/// the other members must not write anything.</para>
/// </remarks>
public interface ISyncRule
{
    /// <summary>
    /// Determines whether the rule is called in the runs of a mapping. Called when the mapping is validated.
    /// </summary>
    /// <param name="mapping">The mapping.</param>
    /// <returns>Whether the rule is called. The default is true.</returns>
    bool AppliesTo(IIntegrationTableMapping mapping) => true;

    /// <summary>Returns the fields that the rule reads, in addition to the mapped ones or among them.</summary>
    /// <remarks>
    /// A record whose version changed is processed, and the rules are called for it, even if only such a field can have
    /// changed. A field whose field mapping travels in no direction of the mapping is read only if a rule names it.
    /// </remarks>
    /// <param name="mapping">The mapping.</param>
    /// <param name="side">The side of the fields.</param>
    /// <returns>The names of the fields. Each must exist in the table of that side. The default is empty.</returns>
    IReadOnlyList<string> RequiredFields(IIntegrationTableMapping mapping, SyncSide side) => [];

    /// <summary>Checks what the rule needs in a set-up, such as exchange rates. Called by a diagnosis, not by runs.</summary>
    /// <remarks>It must not write. An exception is a finding of its own.</remarks>
    /// <param name="run">The mapping, and both systems for reading.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The findings. The default is none.</returns>
    ValueTask<IReadOnlyList<DiagnosisFinding>> DiagnoseAsync(
        SyncRunContext run, CancellationToken cancellationToken) => new([]);

    /// <summary>
    /// Called at the start of each run of modified or all records: names records that are to be looked at although they
    /// did not change, because something on which a value of the rule depends did.
    /// </summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>
    /// The records. Those that are coupled are read, and <see cref="FieldsTransferredAsync"/> is called for them even if
    /// no field is to be written.
    /// </returns>
    ValueTask<IReadOnlyList<RecordKey>> RecordsWantedAsync(
        RecordsWantedArguments arguments, CancellationToken cancellationToken) =>
        new((IReadOnlyList<RecordKey>)[]);

    /// <summary>Decides whether a record that passed the filter of its side takes part in the run.</summary>
    /// <remarks>
    /// The first rule that skips the record decides. The record counts as skipped, and the reason is stored with the
    /// job. Business Central: OnQueryPostFilterIgnoreRecord.
    /// </remarks>
    /// <param name="arguments">The record and its coupling.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns><see cref="RecordDecision.Keep"/>, or <see cref="RecordDecision.Skip"/> with a reason.</returns>
    ValueTask<RecordDecision> RecordSelectedAsync(
        RecordSelectedArguments arguments, CancellationToken cancellationToken) =>
        new(RecordDecision.Keep);

    /// <summary>Finds the partner of an uncoupled record.</summary>
    /// <remarks>
    /// The first rule that returns an id decides, and the match fields are not tried. If the record with that id does not
    /// exist, is coupled, or was chosen for another record in this run, the record fails with
    /// <see cref="SyncErrorCodes.RuleFailed"/>. Business Central: OnFindUncoupledDestinationRecord.
    /// </remarks>
    /// <param name="arguments">The uncoupled record.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>
    /// The id of the partner on the other side, or null to ask the next rule and finally the match fields.
    /// </returns>
    ValueTask<Guid?> PartnerWantedAsync(PartnerWantedArguments arguments, CancellationToken cancellationToken) =>
        new((Guid?)null);

    /// <summary>Changes, adds, or removes values before a record is written.</summary>
    /// <remarks>
    /// Called for each side that is written, when a record is created or has at least one field to update. Also called
    /// without any field if a rule names <see cref="RequiredFields"/> of the source and the version of the source changed.
    /// A value that the existing record contains already is not written; the engine compares mapped and required fields,
    /// and reads any other field if nothing else is written. A field that the table does not have fails the record.
    /// Business Central: OnTransferFieldData, OnAfterTransferRecordFields, OnBeforeInsertRecord.
    /// </remarks>
    /// <param name="arguments">The values, which the rule may change.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the rule is done.</returns>
    ValueTask FieldsTransferredAsync(FieldsTransferredArguments arguments, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    /// <summary>Decides about a field that was changed to different values on both sides.</summary>
    /// <remarks>
    /// Called before the policy applies, but not for fields that a person resolves. The first rule that does not return
    /// <see cref="ConflictDecision.FollowPolicy"/> decides. Business Central: OnUpdateConflictDetected.
    /// </remarks>
    /// <param name="arguments">The field mapping and both records.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The decision.</returns>
    ValueTask<ConflictDecision> ConflictDetectedAsync(
        ConflictDetectedArguments arguments, CancellationToken cancellationToken) =>
        new(ConflictDecision.FollowPolicy);

    /// <summary>Decides about a pair of which one record was deleted.</summary>
    /// <remarks>
    /// The first rule that returns a policy decides. Not called if both records were deleted or if a person decides.
    /// Business Central: OnDeletionConflictDetected.
    /// </remarks>
    /// <param name="arguments">The coupling and the survivor.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The policy for this pair, or null to ask the next rule and finally the mapping.</returns>
    ValueTask<DeletionPolicy?> DeletionDetectedAsync(
        DeletionDetectedArguments arguments, CancellationToken cancellationToken) =>
        new((DeletionPolicy?)null);

    /// <summary>
    /// Supplies the values of the integration record that a blank reference stands for, if that record does not exist.
    /// </summary>
    /// <remarks>
    /// The record is created with the values of the first rule that returns some. If a rule throws, the record with the
    /// blank reference fails with the reason. Business Central creates the currency of the company in this way.
    /// </remarks>
    /// <param name="arguments">The table and the key of the missing record. See <see cref="BlankReference"/>.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>
    /// The values, or null to ask the next rule; if all return null, the record with the blank reference fails.
    /// </returns>
    ValueTask<IReadOnlyList<FieldWrite>?> ReferenceMissingAsync(
        ReferenceMissingArguments arguments, CancellationToken cancellationToken) =>
        new((IReadOnlyList<FieldWrite>?)null);

    /// <summary>Decides whether the writes of a pair may be sent.</summary>
    /// <remarks>
    /// Called for each insert, update, and deletion. If a rule skips the record, neither side of the pair is written. A
    /// record whose deletion is refused stays coupled; the next edit of the record or full run asks again. Business
    /// Central: OnBeforeInsertRecord, OnBeforeModifyRecord.
    /// </remarks>
    /// <param name="arguments">The write; <see cref="WriteArguments.Result"/> is null.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns><see cref="RecordDecision.Keep"/>, or <see cref="RecordDecision.Skip"/> with a reason.</returns>
    ValueTask<RecordDecision> BeforeWriteAsync(WriteArguments arguments, CancellationToken cancellationToken) =>
        new(RecordDecision.Keep);

    /// <summary>Observes a write that was applied and is about to be committed.</summary>
    /// <remarks>
    /// <para>Called at least once for each insert, update, and deletion, but not in a preview. If a rule throws, the write
    /// remains, the record fails, and every rule is called again by the next run, until none throws. The next run also
    /// calls the rules for a write of a process that died, if recovery finds the write applied. So a rule must bear to be
    /// called twice.</para>
    /// <para>In such a later call, the fields of the operation are empty, and the records are those of that time.
    /// Business Central: OnAfterInsertRecord, OnAfterModifyRecord.</para>
    /// </remarks>
    /// <param name="arguments">The write and its result.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the rule is done.</returns>
    ValueTask AfterWriteAsync(WriteArguments arguments, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
