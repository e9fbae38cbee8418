namespace Dataverse.Sync.Execution;

/// <summary>The errors of records whose partner is missing.</summary>
internal static class PartnerErrors
{
    /// <summary>
    /// The error of a record whose partner the system did not return. The pair fails, so that a later run synchronizes
    /// its edits.
    /// </summary>
    public static SyncError NotAnswered { get; } = new(
        SyncErrorCodes.Transient, "The record's partner exists, but the system did not return it.");

    /// <summary>The error of a record whose partner in another mapping is coupled with another record in this one.</summary>
    public static SyncError ContradictingLinks { get; } = new(
        SyncErrorCodes.ContradictingLinks,
        "Another mapping over the same tables couples the record with one that has another partner in this mapping. Uncouple "
        + "the pair that is wrong.");

    /// <summary>The error of a record whose partner was deleted and may have been entered again.</summary>
    public static SyncError SeveralSuccessors(SyncSide side) => new(
        SyncErrorCodes.DoubtfulMatch,
        $"The record's partner on the {side.Word()} side was deleted, and it is doubtful which record takes its place.");

    /// <summary>The error of a record whose partner exists but may not be read.</summary>
    public static SyncError Hidden(SyncSide side) => new(
        SyncErrorCodes.RecordHidden,
        $"The record's partner on the {side.Word()} side exists, but the account that the connector uses may not read it.");

    /// <summary>The error of a record whose partner was deleted when a field of it had just become readable.</summary>
    public static SyncError FieldsReleased { get; } = new(
        SyncErrorCodes.Transient,
        "The record's partner was deleted. The record, or one that would be deleted with it, has a field that has become "
        + "readable and may contain an edit. The pair is tried again with the current definition.");

    /// <summary>The error of a record that matches one that failed, so that it is not created a second time.</summary>
    public static SyncError MatchFailed { get; } = new(
        SyncErrorCodes.Transient, "The record matches one that could not be coupled. It is tried again.");

    /// <summary>The error of a record for which a rule chose a partner that has another one.</summary>
    public static SyncError NotFree(Guid partner) => new(
        SyncErrorCodes.RuleFailed,
        $"A rule chose the record {partner} as the partner, but that record is coupled with another "
        + "one or was chosen for another one in this run.");

    /// <summary>The error of a record for which a rule chose a partner that was merged into another record.</summary>
    public static SyncError Merged(Guid partner) => new(
        SyncErrorCodes.RuleFailed,
        $"A rule chose the record {partner} as the partner, but that record was merged into another one.");

    /// <summary>The error of a record that was created for another one, which was merged before the two were coupled.</summary>
    public static SyncError MergedMeanwhile { get; } = new(
        SyncErrorCodes.Transient,
        "The record was created for one that was merged into another meanwhile. The next run decides about the pair.");

    /// <summary>The error of a record for which a rule chose a partner that does not exist.</summary>
    public static SyncError NotThere(Guid partner) => new(
        SyncErrorCodes.RuleFailed,
        $"A rule chose the record {partner} as the partner, but the other system did not return that record.");

    /// <summary>The error of a record whose partner was deleted, if the decision would write against the direction.</summary>
    public static SyncError DeletedAgainstDirection(SyncSide deletedSide, DeletionPolicy policy, string mapping) => new(
        SyncErrorCodes.CoupledRecordDeleted,
        $"The record's partner on the {deletedSide.Word()} side was deleted. {policy} is not possible, because the "
        + $"direction of mapping '{mapping}' does not write to the "
        + $"{(policy == DeletionPolicy.RestoreRecords ? deletedSide : deletedSide.Opposite()).Word()} side. "
        + "Remove the coupling, or change the mapping.");

    /// <summary>The error of a record about whose deletion a person decided, although it exists.</summary>
    public static SyncError NotDeleted(SyncSide side) => new(
        SyncErrorCodes.NotDeleted,
        $"The {side.Word()} record exists, so there is no deletion to decide about.");

    /// <summary>The error of a record whose partner was deleted, if no policy decides about the survivor.</summary>
    public static SyncError Deleted(SyncSide deletedSide) => new(
        SyncErrorCodes.CoupledRecordDeleted,
        $"The record's partner on the {deletedSide.Word()} side was deleted. "
        + "Restore it, remove the coupling, or delete the record that is left.");
}
