namespace Dataverse.Sync;

/// <summary>States for people why a run ended early.</summary>
internal static class ReasonOf
{
    /// <summary>
    /// Returns the message of an exception of the library, or the type of any other, whose text may contain values.
    /// </summary>
    public static string Failure(Exception failure) =>
        failure is SyncException ? failure.Message : $"The run failed with {failure.GetType().Name}.";
}
