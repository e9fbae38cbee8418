using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Dataverse.Sync.HttpHarness;

/// <summary>Refusals in the form of each service.</summary>
internal static class Refusals
{
    private const string Deadlock =
        "The activity was deadlocked with another user who was modifying the table. Please retry the activity.";

    public static HttpResponseMessage Throttled(SyncSide side, TimeSpan? retryAfter)
    {
        var response = Create(
            side,
            429,
            side == SyncSide.Local ? "Application_TooManyRequests" : "0x80072322",
            "Too many requests reached. Please try again later.");
        response.Headers.RetryAfter = retryAfter is { } wait ? new RetryConditionHeaderValue(wait) : null;
        return response;
    }

    public static HttpResponseMessage Unavailable() => new(HttpStatusCode.ServiceUnavailable)
    {
        Content = new StringContent("<html><body>The service is unavailable.</body></html>", Encoding.UTF8, "text/html"),
    };

    public static HttpResponseMessage Deadlocked(SyncSide side) => side == SyncSide.Local
        ? Create(side, 409, "Internal_ServerError", Deadlock)
        : Create(side, 500, "0x80044150", "SQL deadlock.");

    public static HttpResponseMessage Forbidden(SyncSide side) => side == SyncSide.Local
        ? Create(side, 403, "Internal_ServerError", "You do not have the following permissions on TableData: Read.")
        : Create(side, 403, "0x80040220", "Principal user is missing a privilege.");

    private static HttpResponseMessage Create(SyncSide side, int status, string code, string text)
    {
        var suffix = side == SyncSide.Local ? "  CorrelationId:  6f1b1c4e-0000-4000-8000-000000000000." : string.Empty;
        var body = $$"""{"error":{"code":"{{code}}","message":"{{text}}{{suffix}}"} }""";
        return new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
