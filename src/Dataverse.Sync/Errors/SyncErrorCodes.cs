namespace Dataverse.Sync;

/// <summary>The values of <see cref="SyncError.Code"/> that the engine itself reports.</summary>
public static class SyncErrorCodes
{
    /// <summary>A lookup refers to a record that is not coupled yet. The record waits until it is.</summary>
    public const string ReferenceNotCoupled = "ReferenceNotCoupled";

    /// <summary>
    /// Records refer to each other in a circle, and none of them can be created without its reference: the reference is
    /// required, cannot be changed later, or decides about the filter of the mapping. The record waits.
    /// </summary>
    public const string ReferenceCircle = "ReferenceCircle";

    /// <summary>A lookup refers to a record that does not exist or belongs to none of the lookup's mappings.</summary>
    public const string ReferenceNotFound = "ReferenceNotFound";

    /// <summary>A value cannot be converted to the type of the field on the other side.</summary>
    public const string ValueNotConvertible = "ValueNotConvertible";

    /// <summary>
    /// The partner of the record was deleted, and <see cref="DeletionPolicy.None"/> applies or the mapping's direction
    /// prevents the policy.
    /// </summary>
    /// <remarks>
    /// It is not tried again by itself: restore the partner, remove the coupling, or delete the survivor.
    /// </remarks>
    public const string CoupledRecordDeleted = "CoupledRecordDeleted";

    /// <summary>The record changed on every attempt to write it.</summary>
    public const string ConcurrentModification = "ConcurrentModification";

    /// <summary>
    /// A record with the same id or business key exists on the other side and is not the partner of this record.
    /// </summary>
    public const string AlreadyExists = "AlreadyExists";

    /// <summary>The record to write no longer exists, or a record that was named does not exist.</summary>
    public const string NotFound = "NotFound";

    /// <summary>
    /// The response to a write was lost, so it is unknown whether the write was applied. A later run finds out.
    /// </summary>
    public const string OutcomeUnknown = "OutcomeUnknown";

    /// <summary>
    /// An uncertain insert may have created one of several records, or a record only resembles what it sent.
    /// </summary>
    /// <remarks>
    /// A person decides: couple the right record with <see cref="SyncCouplings.CoupleAsync"/>, or create it again with
    /// <see cref="SyncIssues.RetryAsync"/>. No run tries it again by itself, because that could create a duplicate.
    /// </remarks>
    public const string OutcomeUndecidable = "OutcomeUndecidable";

    /// <summary>
    /// The record would lose a value because its partner is blank, together with more records than one run may blank.
    /// None of them was written.
    /// </summary>
    /// <remarks>See <see cref="SyncRunOptions.AllowsMassBlanking"/>.</remarks>
    public const string MassBlanking = "MassBlanking";

    /// <summary>
    /// It is doubtful which partner the record has: several records match, the one that matches has other claims, or
    /// equal values suggest a partner but do not prove it.
    /// </summary>
    /// <remarks>See <see cref="DoubtfulMatchPolicy"/> and <see cref="RecordFailure.Candidates"/>.</remarks>
    public const string DoubtfulMatch = "DoubtfulMatch";

    /// <summary>
    /// The only record that matches is outside the filter of its side. A new partner would be a duplicate.
    /// </summary>
    public const string PartnerOutsideFilter = "PartnerOutsideFilter";

    /// <summary>
    /// The partner was merged into another record that cannot take over the coupling: it is coupled, outside the filter, or
    /// gone. A person decides to which record the partner belongs.
    /// </summary>
    public const string PartnerMerged = "PartnerMerged";

    /// <summary>
    /// The record is not deleted, because its system would also delete coupled records that nobody deleted. They are named.
    /// </summary>
    /// <remarks>See <see cref="CascadePolicy"/>.</remarks>
    public const string CascadingDeletion = "CascadingDeletion";

    /// <summary>The partner exists but is hidden from the account that the connector uses.</summary>
    /// <remarks>A hidden record is never treated as deleted.</remarks>
    public const string RecordHidden = "RecordHidden";

    /// <summary>The record is not coupled, and the run does not create partners.</summary>
    public const string NotCoupled = "NotCoupled";

    /// <summary>
    /// The record was uncoupled by a person or by <see cref="DeletionPolicy.RemoveCoupling"/>, and was edited since or met
    /// by a full run. It is neither coupled nor created until a person decides.
    /// </summary>
    public const string Uncoupled = "Uncoupled";

    /// <summary>
    /// The pair was uncoupled because one of its records left the filter of its side and the mapping says
    /// <see cref="OutsideFilterPolicy.Uncouple"/>. It is coupled again when both records are within their filters.
    /// </summary>
    public const string LeftFilter = "LeftFilter";

    /// <summary>
    /// Two mappings over the same tables couple the record, or its partner, with different records. Uncouple the pair that is
    /// wrong.
    /// </summary>
    public const string ContradictingLinks = "ContradictingLinks";

    /// <summary>A person decided about a record that is not, or no longer, doubtful or uncoupled.</summary>
    public const string NotDoubtful = "NotDoubtful";

    /// <summary>
    /// A person decided to couple a record with one that is none of its <see cref="RecordFailure.Candidates"/>, or that is
    /// coupled by now.
    /// </summary>
    public const string NotACandidate = "NotACandidate";

    /// <summary>A decision in a file cannot be read, names no record, or contradicts another row.</summary>
    public const string DecisionUnclear = "DecisionUnclear";

    /// <summary>
    /// A person decided about the deletion of a record that exists, so that there is nothing to restore or to delete.
    /// </summary>
    public const string NotDeleted = "NotDeleted";

    /// <summary>A record that was named does not meet the filter of the mapping.</summary>
    public const string OutsideFilter = "OutsideFilter";

    /// <summary>
    /// The integration record belongs to another company, so it is neither read nor written nor deleted. Its pair waits
    /// until the record belongs to the own company or to nobody.
    /// </summary>
    /// <remarks>See <see cref="CompanyColumn"/>.</remarks>
    public const string OtherCompany = "OtherCompany";

    /// <summary>
    /// A field of a conflict was changed since the conflict was recorded, so the decision of a person does not apply to
    /// it.
    /// </summary>
    public const string ConflictChanged = "ConflictChanged";

    /// <summary>A rule skipped the record or failed it with a <see cref="SyncRuleException"/>.</summary>
    public const string RefusedByRule = "RefusedByRule";

    /// <summary>A rule threw an exception other than <see cref="SyncRuleException"/>.</summary>
    public const string RuleFailed = "RuleFailed";

    /// <summary>
    /// The system refused the write for a temporary reason, or its response left out a record that exists.
    /// </summary>
    public const string Transient = "Transient";

    /// <summary>A rule did not write a field, and gives the reason. The other fields were written.</summary>
    public const string FieldLeftOut = "FieldLeftOut";
}
