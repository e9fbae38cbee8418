namespace Dataverse.Sync.WebApi;

/// <summary>The options of a <see cref="WebApiConnector"/>.</summary>
/// <remarks>They are read when the connector is created.</remarks>
public sealed class WebApiOptions
{
    /// <summary>
    /// The name of the client that the builder's method takes from the application's <see cref="IHttpClientFactory"/>.
    /// </summary>
    public const string HttpClientName = "Dataverse.Sync.WebApi";

    /// <summary>
    /// The environment's address, such as <c>https://contoso.crm4.dynamics.com/</c>. Required. Plain http is allowed to
    /// this machine only.
    /// </summary>
    public Uri? EnvironmentUrl { get; set; }

    /// <summary>The version in the path of the Web API. Default 9.2.</summary>
    public string ApiVersion { get; set; } = "9.2";

    /// <summary>
    /// Returns the bearer token of a request. Required. Called before each request, also concurrently, so it should
    /// cache a token until it is about to expire.
    /// </summary>
    /// <remarks>
    /// Called once more when the service refuses the token (HTTP 401) and <see cref="RenewAccessToken"/> is null. A
    /// failure of the network, at any depth of its exception, counts as transient: a later run may succeed. Any other
    /// failure counts as a refused sign-in.
    /// </remarks>
    public Func<CancellationToken, ValueTask<string>>? AccessToken { get; set; }

    /// <summary>
    /// Returns a bearer token in place of one that the service refused (HTTP 401), for token sources that cache. Null,
    /// the default, calls <see cref="AccessToken"/> once more.
    /// </summary>
    public Func<RefusedAccessToken, CancellationToken, ValueTask<string>>? RenewAccessToken { get; set; }

    /// <summary>
    /// A name for the account that <see cref="AccessToken"/> signs in, which is not sent. The service limits each
    /// account, so connectors to one environment with the same name keep to its limits together. Null, the default,
    /// takes connectors for one account that were given the same delegate.
    /// </summary>
    public string? Account { get; set; }

    /// <summary>
    /// The client to send with, which stays the caller's; turn its cookies off, or every request lands on one server.
    /// Null takes <see cref="HttpClientName"/> from the application's <see cref="IHttpClientFactory"/> if the engine is
    /// built in a container that has one, and creates a client otherwise.
    /// </summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>
    /// The handler to send through, for tests and proxies, which stays the caller's; ignored beside
    /// <see cref="HttpClient"/>.
    /// </summary>
    public HttpMessageHandler? HttpMessageHandler { get; set; }

    /// <summary>The name of the system in messages and logs. Default "Dataverse".</summary>
    public string Name { get; set; } = "Dataverse";

    /// <summary>The number of records per page, 1 to 5,000. Default 5,000, the limit of the service.</summary>
    public int PageSize { get; set; } = 5_000;

    /// <summary>
    /// The number of records per CreateMultiple message, 1 to 1,000. Default 100, the size that Microsoft recommends
    /// first.
    /// </summary>
    public int CreateBatchSize { get; set; } = 100;

    /// <summary>
    /// Updates, deletions, and single creates a <c>$batch</c>, 1 to 1,000. Default 100: the parts run one after the
    /// other, so a batch takes some ten seconds and stays far from the time limit, while the number of requests, which
    /// is limited too, stays small.
    /// </summary>
    public int UpdateBatchSize { get; set; } = 100;

    /// <summary>
    /// The greatest number of requests under way at once, 1 to 52. Default 16. Five or what the service's hint
    /// recommends at first; then one more after each round of successes that needed it, and half after a refusal.
    /// </summary>
    public int MaxConcurrency { get; set; } = 16;

    /// <summary>
    /// The greatest number of requests of the account in a <see cref="LimitWindow"/> on each of the environment's
    /// servers. Default 6,000, the service's own limit. Where the service grants less, or other clients of the account
    /// take a part, its answers tell.
    /// </summary>
    public int RequestLimit { get; set; } = 6_000;

    /// <summary>
    /// The greatest time that the service spends on the account's requests in a <see cref="LimitWindow"/> on each of
    /// the environment's servers. Default 20 minutes, the service's own limit.
    /// </summary>
    public TimeSpan ExecutionTimeLimit { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>The length of the sliding window of both limits, up to a day. Default 5 minutes.</summary>
    public TimeSpan LimitWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The greatest number of repetitions of a request that is safe to repeat, 0 to 100. Default 8.</summary>
    public int MaxRetries { get; set; } = 8;

    /// <summary>
    /// The first pause before a repetition where the service names none; doubled each time, with jitter. Default one
    /// second.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The time limit of one attempt, 1 second to 1 hour. Default 4 minutes; the service ends a transaction after 2.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>The greatest accepted response in bytes after decompression, at least 1 MiB. Default 256 MiB.</summary>
    public long MaxResponseBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Whether changes are read by change tracking. Default <see cref="ChangeTracking.Automatic"/>.</summary>
    public ChangeTracking ChangeTracking { get; set; } = ChangeTracking.Automatic;

    /// <summary>
    /// How far a read by <c>modifiedon</c> reaches back before the newest stamp it has seen. Default three minutes: a
    /// stamp is set when a transaction begins, a transaction may take two minutes, and servers' clocks differ a little.
    /// </summary>
    public TimeSpan ModifiedOnOverlap { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Whether CreateMultiple is given our own ids. Default true. Where false, or where a service ignores them, records
    /// are created one by one in a <c>$batch</c>.
    /// </summary>
    public bool TrustOwnIdsInCreateMultiple { get; set; } = true;

    /// <summary>
    /// The tables whose computed <c>fullname</c> is offered as a field to write. Default <c>contact</c>.
    /// </summary>
    public IReadOnlyCollection<string> WritableFullNames { get; set; } = ["contact"];

    /// <summary>How the service joins the parts of a name. Default null: the organization's setting is read.</summary>
    public FullNameConvention? FullNameConvention { get; set; }

    /// <summary>
    /// Which of the customer's own plug-ins and workflows a write skips. Default none; the user needs the privilege
    /// <c>prvBypassCustomBusinessLogic</c>.
    /// </summary>
    public BypassedLogic BypassedLogic { get; set; }

    /// <summary>Whether writes leave Power Automate flows untouched. Default false.</summary>
    public bool SuppressFlows { get; set; }

    /// <summary>
    /// A word that the customer's plug-ins find as the shared variable <c>tag</c> of a write, so that they recognize
    /// it. Default none.
    /// </summary>
    public string? Tag { get; set; }

    /// <summary>
    /// Makes clients of the application's factory; null without one. Ignored beside <see cref="HttpClient"/> and
    /// <see cref="HttpMessageHandler"/>.
    /// </summary>
    internal Func<HttpClient>? HttpClients { get; init; }
}
