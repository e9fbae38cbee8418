namespace Dataverse.Sync.Execution;

/// <summary>Describes a check that ended with an exception.</summary>
internal static class FailedCheck
{
    /// <summary>The message of an exception of the library, or the type of any other, whose text may contain values.</summary>
    public static string Describe(Exception failure) =>
        failure is SyncException ? failure.Message : $"It failed with {failure.GetType().Name}.";

    public static DiagnosisArea AreaOf(Exception failure) =>
        failure is ConnectorException { Failure: ConnectorFailure.Authorization or ConnectorFailure.Authentication }
            ? DiagnosisArea.Rights
            : DiagnosisArea.Connection;

    public static DiagnosisFinding Of(Exception failure, string what) => new()
    {
        Severity = FindingSeverity.Error,
        Area = AreaOf(failure),
        Code = DiagnosisCodes.CheckFailed,
        Message = $"{what} {Describe(failure)}",
    };
}
