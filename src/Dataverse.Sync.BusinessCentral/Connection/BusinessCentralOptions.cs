namespace Dataverse.Sync.BusinessCentral;

/// <summary>The options of a <see cref="BusinessCentralConnector"/>.</summary>
/// <remarks>They are read when the connector is created; later changes have no effect.</remarks>
public sealed class BusinessCentralOptions
{
    /// <summary>
    /// The name of the client that the builder's method takes from the application's <see cref="IHttpClientFactory"/>.
    /// </summary>
    public const string HttpClientName = "Dataverse.Sync.BusinessCentral";

    /// <summary>
    /// The root of the standard API, such as
    /// <c>https://api.businesscentral.dynamics.com/v2.0/{environment}/api/v2.0</c> or
    /// <c>https://{host}:7048/{serverInstance}/api/v2.0</c>. Required; https, or http to this machine.
    /// </summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>The company: its id, its name, or its display name. Required.</summary>
    /// <remarks>
    /// The text is part of the connector's <see cref="ITableConnector.Identity"/> as it stands here. A coupling store that
    /// remembers its systems (<see cref="IScopeRegister"/>) finds the couplings by the id of the company, whichever of the
    /// three is given; with another store, keep to one of them.
    /// </remarks>
    public string? Company { get; set; }

    /// <summary>Returns the bearer token of a request. Required. The delegate should cache the token.</summary>
    /// <remarks>
    /// Called for every request, also concurrently, and once more when the service refuses the token (HTTP 401) and
    /// <see cref="RenewAccessToken"/> is null. A failure of the network, at any depth of its exception, counts as
    /// transient: a later run may succeed. Any other failure counts as a refused sign-in.
    /// </remarks>
    public Func<CancellationToken, ValueTask<string>>? AccessToken { get; set; }

    /// <summary>
    /// Returns a bearer token in place of one that the service refused (HTTP 401), for token sources that cache. Null,
    /// the default, calls <see cref="AccessToken"/> once more.
    /// </summary>
    public Func<RefusedAccessToken, CancellationToken, ValueTask<string>>? RenewAccessToken { get; set; }

    /// <summary>
    /// A name for the account that <see cref="AccessToken"/> signs in, which is not sent. The service limits each
    /// account, so connectors to one host with the same name keep to its limits together. Null, the default, takes
    /// connectors for one account that were given the same delegate.
    /// </summary>
    public string? Account { get; set; }

    /// <summary>
    /// The client to send with. Its base address and headers are not used. Null takes <see cref="HttpClientName"/> from
    /// the application's <see cref="IHttpClientFactory"/> if the engine is built in a container that has one, and creates
    /// a client otherwise.
    /// </summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>
    /// The handler to send through, for tests and proxies; it stays the caller's. Ignored beside
    /// <see cref="HttpClient"/>.
    /// </summary>
    public HttpMessageHandler? HttpMessageHandler { get; set; }

    /// <summary>
    /// Options added to the query of every address, such as <c>tenant</c> for a multitenant server on premises, or
    /// <c>$schemaversion</c>.
    /// </summary>
    public IDictionary<string, string> QueryOptions { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Whether links in responses are followed below <see cref="BaseAddress"/>, whatever host and path they name; false by
    /// default. For a server on premises behind a proxy that changes the path.
    /// </summary>
    /// <remarks>
    /// A server names itself in the links to further pages. A link that differs in the host alone is always followed at the
    /// configured one. From any other, true takes what follows <c>/api/</c>; false refuses it, with a message that
    /// names both hosts. Requests go to the configured host in every case.
    /// </remarks>
    public bool RebaseLinks { get; set; }

    /// <summary>Settings of single tables, and tables of custom API pages, by the name that mappings use.</summary>
    public IDictionary<string, BusinessCentralTableOptions> Tables { get; } =
        new Dictionary<string, BusinessCentralTableOptions>(StringComparer.Ordinal);

    /// <summary>
    /// The greatest number of records a page: 1 to 20,000, which is the default and the service's own limit.
    /// </summary>
    public int PageSize { get; set; } = 20_000;

    /// <summary>
    /// The greatest number of operations a batch: 1 to 100, which is the default and the service's own limit.
    /// </summary>
    public int BatchSize { get; set; } = 100;

    /// <summary>
    /// How far before the newest stamp seen the next feed begins: 10 minutes by default, at least a second. Stamps are
    /// set before a transaction commits, so this must be longer than the longest transaction that writes to the table.
    /// </summary>
    public TimeSpan ChangeOverlap { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How far behind the service's clock at the start of a feed its checkpoint stays at least: 5 seconds by default.
    /// It covers the differences between the clocks of the service's machines.
    /// </summary>
    public TimeSpan ClockMargin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The greatest number of requests at once: 5 by default, as many as the service processes for one user.
    /// </summary>
    public int MaxConcurrency { get; set; } = 5;

    /// <summary>
    /// The greatest number of requests of the account in a <see cref="LimitWindow"/>: 6,000 by default, as in the
    /// cloud; null for no limit, as on premises. Several processes with one account each take a share.
    /// </summary>
    public int? RequestLimit { get; set; } = 6_000;

    /// <summary>
    /// The length of the sliding window of <see cref="RequestLimit"/>: 5 minutes by default, up to a day.
    /// </summary>
    public TimeSpan LimitWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether each operation of a batch counts as a request, for which the documentation gives no answer; true, the
    /// cautious reading, by default. Where the service counts a batch once, false makes large loads faster.
    /// </summary>
    public bool CountsBatchParts { get; set; } = true;

    /// <summary>
    /// The greatest number of repetitions of a request that is safe to repeat: 8 by default, 0 to 100.
    /// </summary>
    public int MaxRetries { get; set; } = 8;

    /// <summary>
    /// The time limit of one attempt: 11 minutes by default, at most a day. The gateway of the service waits for 10
    /// minutes.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(11);

    /// <summary>
    /// Further texts that tell a passing error, such as a deadlock, from a permanent refusal; empty by default. The
    /// connector knows the English texts of the service and asks for English. Add the texts of a server that answers in
    /// another language. They are compared without regard to letter case, and quotations in the service's text are left
    /// out.
    /// </summary>
    /// <remarks>
    /// A read is repeated. After a write the record is read, because the work may have been done all the same.
    /// </remarks>
    public ICollection<string> PassingErrorTexts { get; } = [];

    /// <summary>The greatest accepted response in bytes after decompression: 256 MiB by default.</summary>
    public long MaxResponseBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>
    /// Makes clients of the application's factory; null without one. Ignored beside <see cref="HttpClient"/> and
    /// <see cref="HttpMessageHandler"/>.
    /// </summary>
    internal Func<HttpClient>? HttpClients { get; init; }
}
