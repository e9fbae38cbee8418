using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Dataverse.Sync.Http;

/// <summary>What the headers of an answer tell about the service's load.</summary>
internal sealed record ServiceReport
{
    /// <summary>Whether the service was able to do its work, whatever the result.</summary>
    public bool IsServed { get; init; }

    /// <summary>How many requests the service recommends to have under way.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Which of the service's servers answered.</summary>
    public string? Server { get; init; }

    /// <summary>
    /// What is left of each limit on that server, in the order of <see cref="GovernorSettings.Limits"/>.
    /// </summary>
    public IReadOnlyList<double?> Remaining { get; init; } = [];

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
