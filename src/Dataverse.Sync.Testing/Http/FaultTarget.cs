namespace Dataverse.Sync.Testing;

/// <summary>A request before the service executes it, as the predicates of faults see it.</summary>
/// <param name="Number">The position among all requests of the emulator, from 1.</param>
/// <param name="Method">The verb in upper case.</param>
/// <param name="PathAndQuery">The request target exactly as sent, percent-encoding included.</param>
/// <param name="IsWrite">Whether the request asks for a change. A batch does if any of its parts does.</param>
/// <param name="Headers">
/// The request headers without <c>Authorization</c> and <c>Cookie</c>; names are compared without regard to case.
/// </param>
/// <param name="Body">The request body as UTF-8 text; empty for none.</param>
public sealed record FaultTarget(
    long Number,
    string Method,
    string PathAndQuery,
    bool IsWrite,
    IReadOnlyDictionary<string, string> Headers,
    string Body)
{
    /// <summary>Whether this is one part of a batch; see <see cref="EmulatorFault.InBatches"/>.</summary>
    public bool IsPart { get; init; }

    /// <summary>Whether the request is a batch.</summary>
    public bool IsBatch => PathAndQuery.Split('?')[0] is var path
        && (path.EndsWith("/$batch", StringComparison.Ordinal) || path.EndsWith("/ExecuteMultiple", StringComparison.Ordinal));
}
