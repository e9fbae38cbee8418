namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The behavior of an emulated service. The host adds HTTP, the log, and the faults.</summary>
internal interface IEmulatorService
{
    /// <summary>
    /// Whether the request asks for a change. Called before the request is handled, also for malformed ones.
    /// </summary>
    bool IsWrite(EmulatorRequest request);

    /// <summary>Carries the request out. Whatever it changes is committed when the task ends.</summary>
    Task<EmulatorResponse> HandleAsync(EmulatorRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// The service's own error body for a refusal that the fault plan asks for (401, 429, 503, 504 …).
    /// </summary>
    /// <param name="request">The refused request.</param>
    /// <param name="status">The HTTP status to answer with.</param>
    /// <param name="errorCode">The error code wanted by the fault, or null for the usual one of that status.</param>
    /// <param name="errorText">The text wanted by the fault, or null for the usual one of that status.</param>
    EmulatorResponse Refuse(EmulatorRequest request, int status, string? errorCode, string? errorText);
}
