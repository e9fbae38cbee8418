namespace Dataverse.Sync.Execution;

/// <summary>The errors of records that would lose a value.</summary>
internal static class BlankingErrors
{
    /// <summary>The error of a record that was not written, because too many records would lose a value.</summary>
    public static SyncError Held { get; } = new(
        SyncErrorCodes.MassBlanking,
        "The record would lose a value, because its partner is blank there, as in more records than one run may blank.");
}
