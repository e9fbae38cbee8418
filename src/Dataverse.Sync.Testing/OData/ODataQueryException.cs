namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A query that the server refuses. The message is meant for the error body.</summary>
internal sealed class ODataQueryException(ODataQueryFault fault, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public ODataQueryFault Fault { get; } = fault;

    /// <summary>The name of the function that is not supported, or null.</summary>
    public string? Function { get; init; }
}
