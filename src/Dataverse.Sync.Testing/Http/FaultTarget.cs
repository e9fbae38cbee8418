namespace Dataverse.Sync.Testing;

/// <summary>What a fault's predicate may look at: the request before it is carried out.</summary>
/// <param name="Number">Position in the emulator's life, from 1.</param>
/// <param name="Method">Verb in upper case.</param>
/// <param name="PathAndQuery">The request target exactly as sent, percent-encoding included.</param>
/// <param name="IsWrite">Whether the request asks for a change; a batch does if any of its parts does.</param>
/// <param name="Headers">
/// Request headers without <c>Authorization</c> and <c>Cookie</c>; names are compared without regard to case.
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
    /// <summary>Whether the request is a batch.</summary>
    public bool IsBatch => PathAndQuery.Split('?')[0].EndsWith("/$batch", StringComparison.Ordinal);
}
