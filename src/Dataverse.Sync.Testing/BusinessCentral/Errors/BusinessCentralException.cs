namespace Dataverse.Sync.Testing;

/// <summary>
/// A write that Business Central would refuse, thrown by the test-side methods of <see cref="BusinessCentralTable"/>.
/// Over HTTP the same refusal is an error body.
/// </summary>
public sealed class BusinessCentralException : Exception
{
    internal BusinessCentralException(int status, string code, string message)
        : base(message) => (Status, Code) = (status, code);

    /// <summary>HTTP status that a client would get.</summary>
    public int Status { get; }

    /// <summary>Error code that a client would get, such as <c>Application_DialogException</c>.</summary>
    public string Code { get; }
}
