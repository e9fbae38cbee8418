namespace Dataverse.Sync;

/// <summary>The codes of errors that the engine itself reports for a record.</summary>
public static class SyncErrorCodes
{
    /// <summary>A lookup refers to a record that is not coupled yet; the record waits for it.</summary>
    public const string ReferenceNotCoupled = "ReferenceNotCoupled";

    /// <summary>A lookup refers to a record that does not exist or is outside every mapping it could go through.</summary>
    public const string ReferenceNotFound = "ReferenceNotFound";

    /// <summary>A value cannot be converted to the type of the other side's field.</summary>
    public const string ValueNotConvertible = "ValueNotConvertible";

    /// <summary>The coupled record was deleted and the deletion policy is to do nothing.</summary>
    public const string CoupledRecordDeleted = "CoupledRecordDeleted";

    /// <summary>The record kept changing while it was being written; it is tried again in the next run.</summary>
    public const string ConcurrentModification = "ConcurrentModification";

    /// <summary>A record with the same business key exists on the other side and is not this record's partner.</summary>
    public const string AlreadyExists = "AlreadyExists";

    /// <summary>The record to write to no longer exists.</summary>
    public const string NotFound = "NotFound";

    /// <summary>The answer to the write was lost; the next run finds out.</summary>
    public const string OutcomeUnknown = "OutcomeUnknown";

    /// <summary>A lost write cannot be decided by the engine: several records fit. A person couples the right one.</summary>
    public const string OutcomeUndecidable = "OutcomeUndecidable";

    /// <summary>The record has no partner, and the run creates none.</summary>
    public const string NotCoupled = "NotCoupled";

    /// <summary>A rule refused the record.</summary>
    public const string RefusedByRule = "RefusedByRule";

    /// <summary>A rule failed with an exception.</summary>
    public const string RuleFailed = "RuleFailed";

    /// <summary>The write was refused for a passing reason.</summary>
    public const string Transient = "Transient";
}
