namespace Dataverse.Sync.Execution;

/// <summary>The errors of records that an uncertain insert affects.</summary>
internal static class UncertainInsertErrors
{
    /// <summary>The error of a source whose insert is uncertain.</summary>
    public static SyncError Held { get; } = new(
        SyncErrorCodes.OutcomeUnknown,
        "The response to the creation of the record's partner was lost. "
        + "The record is tried again when the system can no longer be processing the request.");

    /// <summary>The error of a source if it cannot be decided which record its insert created.</summary>
    public static SyncError OfSource { get; } = new(
        SyncErrorCodes.OutcomeUndecidable,
        "The response to the creation of the record's partner was lost, and no record fits for certain. "
        + "Couple it with the right one, or retry it to create a partner.");

    /// <summary>The error of a record that an insert may have created.</summary>
    public static SyncError OfRecord { get; } = new(
        SyncErrorCodes.OutcomeUndecidable,
        "The record may result from a creation whose response was lost. "
        + "Couple it with the record that it was created for, or retry it to create a partner.");

    /// <summary>The error of a record for which another mapping has an uncertain insert.</summary>
    public static SyncError Elsewhere { get; } = new(
        SyncErrorCodes.OutcomeUnknown,
        "Another mapping over the same tables has an insert whose response was lost. The record waits until a run of that "
        + "mapping finds out what became of it.");

    /// <summary>The error of a record that matches one that may belong to another record.</summary>
    public static SyncError OfMatch { get; } = new(
        SyncErrorCodes.OutcomeUnknown,
        "The record matches one that may have been created for another record. It is tried again when that is known.");
}
