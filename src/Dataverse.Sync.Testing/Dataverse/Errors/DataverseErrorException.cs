namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A request that the service refuses: HTTP status, error code, and message of the error body.</summary>
internal class DataverseErrorException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>Eight hexadecimal digits after <c>0x</c>, or empty.</summary>
    public string Code { get; } = code;

    /// <summary>Whole seconds for <c>Retry-After</c>, or null.</summary>
    public int? RetryAfter { get; init; }
}
