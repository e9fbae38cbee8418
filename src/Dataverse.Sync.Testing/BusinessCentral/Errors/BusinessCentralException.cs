namespace Dataverse.Sync.Testing;

/// <summary>
/// Business Central refuses an operation that a test makes through <see cref="BusinessCentralTable"/>. Over HTTP, the
/// same refusal is an error body.
/// </summary>
public sealed class BusinessCentralException : Exception
{
    internal BusinessCentralException(int status, string code, string message)
        : base(message) => (Status, Code) = (status, code);

    /// <summary>The HTTP status that a client would receive.</summary>
    public int Status { get; }

    /// <summary>The error code that a client would receive, for example <c>Application_DialogException</c>.</summary>
    public string Code { get; }
}
