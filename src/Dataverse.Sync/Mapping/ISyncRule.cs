namespace Dataverse.Sync;

/// <summary>User code that sees records at the steps of their way and may change what happens to them.</summary>
/// <remarks>
/// <para>Every member has a default that changes nothing; implement the ones that matter. Rules run in the order of their registration,
/// the mapping's own last, one record after the other. A rule that throws fails the record it was asked about, not the run.</para>
/// <para>One instance serves all runs and previews; keep state in <see cref="SyncRunContext.Items"/>. A preview calls every member except
/// <see cref="AfterWriteAsync"/>, so the others must not write anywhere.</para>
/// </remarks>
public interface ISyncRule
{
    /// <summary>Whether the rule takes part in the runs of a mapping.</summary>
    bool AppliesTo(IIntegrationTableMapping mapping) => true;

    /// <summary>Fields that the rule needs beside the mapped ones.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="side">The side whose fields are asked for.</param>
    IReadOnlyList<string> RequiredFields(IIntegrationTableMapping mapping, SyncSide side) => [];

    /// <summary>A record passed the mapping's filter: keep it, or skip it with a reason. BC: OnQueryPostFilterIgnoreRecord.</summary>
    ValueTask<RecordDecision> RecordSelectedAsync(RecordSelectedArguments arguments, CancellationToken cancellationToken) => new(RecordDecision.Keep);

    /// <summary>An uncoupled record looks for its partner: answer its id on the other side, or null to go on with the match fields. BC: OnFindUncoupledDestinationRecord.</summary>
    ValueTask<Guid?> PartnerWantedAsync(PartnerWantedArguments arguments, CancellationToken cancellationToken) => new((Guid?)null);

    /// <summary>The values of a write are known: change, add, or remove some. BC: OnTransferFieldData, OnAfterTransferRecordFields, OnBeforeInsertRecord.</summary>
    ValueTask FieldsTransferredAsync(FieldsTransferredArguments arguments, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>A field was changed on both sides: decide it, or leave it to the policy. BC: OnUpdateConflictDetected.</summary>
    ValueTask<ConflictDecision> ConflictDetectedAsync(ConflictDetectedArguments arguments, CancellationToken cancellationToken) => new(ConflictDecision.FollowPolicy);

    /// <summary>One record of a pair was deleted: answer a policy for this pair, or null to follow the mapping's. BC: OnDeletionConflictDetected.</summary>
    ValueTask<DeletionPolicy?> DeletionDetectedAsync(DeletionDetectedArguments arguments, CancellationToken cancellationToken) => new((DeletionPolicy?)null);

    /// <summary>The integration record that a blank reference stands for does not exist: answer the values to create it with, or null to let the record fail.</summary>
    ValueTask<IReadOnlyList<FieldWrite>?> ReferenceMissingAsync(ReferenceMissingArguments arguments, CancellationToken cancellationToken) => new((IReadOnlyList<FieldWrite>?)null);

    /// <summary>A write is about to leave: let it pass, or refuse the record with a reason. BC: OnBeforeInsertRecord, OnBeforeModifyRecord.</summary>
    ValueTask<RecordDecision> BeforeWriteAsync(WriteArguments arguments, CancellationToken cancellationToken) => new(RecordDecision.Keep);

    /// <summary>A write was done and is about to be committed. May be called again for the same write after a crash. BC: OnAfterInsertRecord, OnAfterModifyRecord.</summary>
    ValueTask AfterWriteAsync(WriteArguments arguments, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
