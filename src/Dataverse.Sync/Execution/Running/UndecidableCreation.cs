namespace Dataverse.Sync.Execution;

/// <summary>What is said of a creation whose answer was lost where nobody can tell which record it made, if any.</summary>
internal static class UndecidableCreation
{
    /// <summary>Said of the record that was to get a counterpart.</summary>
    public static SyncError OfSource { get; } = new(
        SyncErrorCodes.OutcomeUndecidable,
        "The answer to the record's creation was lost, and no record fits for certain. Couple it with the right one, or try again to create it.");

    /// <summary>Said of a record that was matched with one that may be the counterpart of another.</summary>
    public static SyncError OfMatch { get; } = new(
        SyncErrorCodes.OutcomeUnknown,
        "The record matches one that a creation without an answer may have made for another record; it is tried again once that is known.");

    /// <summary>Said of a record that may be the counterpart.</summary>
    public static SyncError OfRecord { get; } = new(
        SyncErrorCodes.OutcomeUndecidable,
        "The record may be the one whose creation was not answered. Couple it with the record that it came from, or try again to create its own counterpart.");
}
