using Microsoft.AspNetCore.Http;

namespace Dataverse.Sync.AspNetCore;

/// <summary>Reads what a post of Dataverse is about, from the body or else from the headers.</summary>
/// <remarks>
/// The headers are documented in "Use webhooks to create external handlers for server events". They carry no id of the
/// organization; the name in <c>x-ms-dynamics-organization</c> can be changed, and is not used.
/// </remarks>
internal static class DataversePost
{
    private const string TableHeader = "x-ms-dynamics-entity-name";
    private const string MessageHeader = "x-ms-dynamics-request-name";

    // A step on a read would let every run wake itself.
    private const string Reading = "Retrieve";

    public static ExecutionContextSummary Read(HttpRequest request, ReadOnlySpan<byte> body)
    {
        var summary = ExecutionContextSummary.Read(body);
        return summary with
        {
            Table = summary.Table ?? request.Headers[TableHeader].FirstOrDefault(),
            Message = summary.Message ?? request.Headers[MessageHeader].FirstOrDefault(),
        };
    }

    /// <summary>Whether the message may have changed something.</summary>
    public static bool IsChange(ExecutionContextSummary summary) =>
        summary.Message?.StartsWith(Reading, StringComparison.OrdinalIgnoreCase) != true;
}
