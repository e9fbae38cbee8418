namespace Dataverse.Sync.Execution;

/// <summary>The errors of records that an uncertain insert concerns.</summary>
internal static class UncertainInsertErrors
{
    /// <summary>The source of an insert whose outcome is not known yet.</summary>
    public static SyncError Held { get; } = new(
        SyncErrorCodes.OutcomeUnknown,
        "The answer to the creation of the record's partner was lost. It is tried again when the service cannot be working on it any more.");

    /// <summary>The source of an insert whose record cannot be told for certain.</summary>
    public static SyncError OfSource { get; } = new(
        SyncErrorCodes.OutcomeUndecidable,
        "The answer to the creation of the record's partner was lost, and no record fits for certain. "
        + "Couple it with the right one, or retry it to create a partner.");

    /// <summary>A record that may be what an insert created.</summary>
    public static SyncError OfRecord { get; } = new(
        SyncErrorCodes.OutcomeUndecidable,
        "The record may be one whose creation was not answered. "
        + "Couple it with the record that it was created for, or retry it to create a partner.");

    /// <summary>A record that matches one that may belong to another record.</summary>
    public static SyncError OfMatch { get; } = new(
        SyncErrorCodes.OutcomeUnknown,
        "The record matches one that may have been created for another record. It is tried again when that is known.");
}
