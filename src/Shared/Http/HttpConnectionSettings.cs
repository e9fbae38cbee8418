using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Http;

/// <summary>What an <see cref="HttpConnection"/> needs to know of its service.</summary>
internal sealed record HttpConnectionSettings
{
    /// <summary>The name of the system for people; begins every message.</summary>
    public required string Connector { get; init; }

    /// <summary>The root of the service; requests and tokens go to its scheme, host, and port only.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>
    /// Whether links that name another host are followed at the base address, if they lead to the resource of the
    /// request.
    /// </summary>
    public bool RebasesLinks { get; init; }

    /// <summary>Where a link to another address is followed instead; null, the default, for nowhere.</summary>
    public Func<Uri, Uri?>? Rebase { get; init; }

    /// <summary>Gives the bearer token of a request; asked again once when the service answers 401.</summary>
    public required Func<CancellationToken, ValueTask<string>> AccessToken { get; init; }

    /// <summary>
    /// The account whose limits the requests use up; connections to one origin with the same name share them. Null
    /// takes those for one account that were given the same <see cref="AccessToken"/>.
    /// </summary>
    public string? Account { get; init; }

    /// <summary>
    /// Gives a token in place of one that the service refused; null asks <see cref="AccessToken"/> once more.
    /// </summary>
    public Func<RefusedAccessToken, CancellationToken, ValueTask<string>>? RenewAccessToken { get; init; }

    /// <summary>The client to send with, owned by the caller; null lets the connection make its own.</summary>
    public HttpClient? Client { get; init; }

    /// <summary>The handler to send through, owned by the caller; ignored beside <see cref="Client"/>.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>
    /// Makes the client of an attempt, for clients whose handlers are replaced from time to time; ignored beside
    /// <see cref="Client"/> and <see cref="Handler"/>.
    /// </summary>
    public Func<HttpClient>? Clients { get; init; }

    /// <summary>Headers of every request. A header of the call replaces the one with its name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The greatest number of requests under way at once.</summary>
    public int MaxConcurrency { get; init; } = 5;

    /// <summary>
    /// How many requests may be under way at first, until the service recommends a number; null for
    /// <see cref="MaxConcurrency"/>.
    /// </summary>
    public int? StartConcurrency { get; init; }

    /// <summary>
    /// The response header by which the service recommends how many requests to have under way; null where it does not.
    /// </summary>
    public string? ConcurrencyHint { get; init; }

    /// <summary>The cookie by whose value the service's servers can be told apart; null where there is none.</summary>
    public string? ServerCookie { get; init; }

    /// <summary>What the service grants an account in a window of time; none by default.</summary>
    public IReadOnlyList<WindowLimit> Limits { get; init; } = [];

    /// <summary>How often a request that may be repeated is repeated at most.</summary>
    public int MaxRetries { get; init; } = 8;

    /// <summary>The first pause where the service does not name one; doubled each time, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The greatest pause of our own choosing.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The longest pause that a service may ask for; a longer wish ends the call with the wish in the exception.
    /// </summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long one attempt may take, its body included.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromMinutes(11);

    /// <summary>The greatest body, decompressed, that is accepted.</summary>
    public long MaxResponseBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Reads the service's own codes and texts of an error with this status.</summary>
    public Func<int, ServiceError, ErrorMeaning> MeaningOf { get; init; } = (_, _) => ErrorMeaning.None;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public required ILogger Logger { get; init; }

    /// <summary>The governor of the service and user, shared with the other connections of this process.</summary>
    public RequestGovernor ShareGovernor() =>
        GovernorRegistry.Share(BaseAddress.GetLeftPart(UriPartial.Authority), Account ?? (object)AccessToken, ToGovernorSettings());

    /// <summary>The part of the settings that governs when a request may be sent.</summary>
    public GovernorSettings ToGovernorSettings() => new()
    {
        TimeProvider = TimeProvider,
        MaxConcurrency = MaxConcurrency,
        StartConcurrency = StartConcurrency,
        ConcurrencyHint = ConcurrencyHint,
        ServerCookie = ServerCookie,
        Limits = Limits,
        FirstPause = RetryDelay,
        LongestPause = MaxRetryDelay,
    };
}
