using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Http;

/// <summary>Reads what the headers of an answer tell about the service's load.</summary>
internal static class ServiceReportReader
{
    /// <summary>Reads an answer; what makes no sense counts as not said.</summary>
    public static ServiceReport Read(
        GovernorSettings settings, HttpStatusCode status, HttpResponseHeaders headers) => new()
        {
            IsServed = (int)status < 500,
            Concurrency = First(headers, settings.ConcurrencyHint) is { } hint
            && int.TryParse(hint, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
            Server = ServerOf(settings, headers),
            Remaining = [.. settings.Limits.Select(limit => RemainingOf(limit, headers))],
        };

    private static double? RemainingOf(WindowLimit limit, HttpResponseHeaders headers)
    {
        const NumberStyles Styles = NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        var text = First(headers, limit.RemainingHeader);
        return double.TryParse(text, Styles, CultureInfo.InvariantCulture, out var remaining) && double.IsFinite(remaining)
            ? Math.Clamp(remaining, 0, limit.Amount)
            : null;
    }

    private static string? ServerOf(GovernorSettings settings, HttpResponseHeaders headers)
    {
        if (settings.ServerCookie is not { } name || !headers.TryGetValues("Set-Cookie", out var cookies))
        {
            return null;
        }

        var cookie = cookies.FirstOrDefault(value => value.StartsWith($"{name}=", StringComparison.Ordinal));
        return cookie?.Split(';', 2)[0];
    }

    private static string? First(HttpResponseHeaders headers, string? name) =>
        name is not null && headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
