namespace Dataverse.Sync.AspNetCore;

/// <summary>Checks the settings of webhooks and reports all problems in one message.</summary>
internal static class WebhookOptionsValidator
{
    // 128 random bits in base64 without padding.
    private const int ShortestSecret = 22;

    // The service's own limit of a client state.
    private const int LongestSecret = 2_048;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>Returns the problems, one sentence each.</summary>
    public static IReadOnlyList<string> Problems(WebhookOptions options) =>
    [
        .. new[]
        {
            UrlProblem(options.BusinessCentral.NotificationUrl),
            SecretProblem("BusinessCentral.ClientState", options.BusinessCentral.ClientState),
            TimeProblem("BusinessCentral.RenewBefore", options.BusinessCentral.RenewBefore),
            TimeProblem("BusinessCentral.CheckInterval", options.BusinessCentral.CheckInterval),
            SecretProblem("Dataverse.Key", options.Dataverse.Key),
            NameProblem("Dataverse.HeaderName", options.Dataverse.HeaderName),
            NameProblem("Dataverse.QueryParameter", options.Dataverse.QueryParameter),
            options.Dataverse is { Key: not null, HeaderName: null, QueryParameter: null }
                ? "Dataverse.Key needs a HeaderName or a QueryParameter."
                : null,
            options.RefusedRequestsPerMinute < 1 ? "RefusedRequestsPerMinute must be at least 1." : null,
        }.OfType<string>().Select(problem => $"{nameof(WebhookOptions)}: {problem}"),
    ];

    private static string? UrlProblem(Uri? url) => url switch
    {
        null => null,
        { IsAbsoluteUri: false } => "BusinessCentral.NotificationUrl must be absolute.",
        { UserInfo.Length: > 0 } or { Fragment.Length: > 0 } =>
            "BusinessCentral.NotificationUrl must have neither credentials nor a fragment.",
        { Scheme: "https" } or { Scheme: "http", IsLoopback: true } => null,
        _ => "BusinessCentral.NotificationUrl must use https; plain http is allowed to this machine only.",
    };

    private static string? SecretProblem(string name, string? secret) =>
        secret is null || (secret.Length is >= ShortestSecret and <= LongestSecret && secret.All(c => c is > ' ' and <= '~'))
            ? null
            : $"{name} must have {ShortestSecret} to {LongestSecret} printable characters of ASCII without spaces.";

    private static string? TimeProblem(string name, TimeSpan time) =>
        time < Shortest || time > Longest ? $"{name} must be between {Shortest} and {Longest}." : null;

    private static string? NameProblem(string name, string? value) =>
        value is null || (value.Length is > 0 and <= 100 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            ? null
            : $"{name} must have 1 to 100 letters, digits, hyphens, and underscores.";
}
