namespace Dataverse.Sync;

/// <summary>
/// Stands for an exception of foreign code in the log: its type and where it was thrown, without its text, which may
/// contain field values.
/// </summary>
internal sealed class LoggedFailure : Exception
{
    private readonly string place;

    private LoggedFailure(Exception failure)
        : base($"{failure.GetType().FullName} (its text is not logged, because it may contain field values)") =>
        place = failure.StackTrace ?? string.Empty;

    public override string StackTrace => place;

    /// <summary>Returns an exception that may be logged. Those of the library contain no field values.</summary>
    public static Exception Of(Exception failure) =>
        failure is SyncException ? failure : new LoggedFailure(failure);
}
