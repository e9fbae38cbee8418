namespace Dataverse.Sync.Shared;

/// <summary>States for people why something failed.</summary>
internal static class FailureReason
{
    /// <summary>
    /// Returns the message of an exception of the library, or the type of any other, whose text may contain values.
    /// </summary>
    public static string Of(Exception failure) =>
        failure is SyncException ? failure.Message : $"It failed with {failure.GetType().Name}.";
}
