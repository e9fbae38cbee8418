using System.Text.Json;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.WebApi;

/// <summary>
/// The connection to one environment: requests with the Web API's headers, pages, and malformed responses.
/// </summary>
internal sealed class ServiceConnection : IDisposable
{
    private const int StartConcurrency = 5;

    private static readonly KeyValuePair<string, string>[] EveryRequest =
    [
        new("Accept", "application/json"),
        new("OData-MaxVersion", "4.0"),
        new("OData-Version", "4.0"),

        // The literal word null: it prevents caches between here and the service from answering.
        new("If-None-Match", "null"),
    ];

    private readonly HttpConnection connection;

    public ServiceConnection(WebApiOptions options, TimeProvider timeProvider, ILogger logger)
    {
        Name = options.Name;
        Addresses = new ServiceAddresses(options.EnvironmentUrl!, options.ApiVersion);
        connection = new HttpConnection(new HttpConnectionSettings
        {
            Connector = options.Name,
            BaseAddress = Addresses.Root,
            AccessToken = options.AccessToken!,
            RenewAccessToken = options.RenewAccessToken,
            Account = options.Account,
            Client = options.HttpClient,
            Handler = options.HttpMessageHandler,
            Clients = options.HttpClients,
            Headers = EveryRequest,
            StartConcurrency = Math.Min(StartConcurrency, options.MaxConcurrency),
            MaxConcurrency = options.MaxConcurrency,
            ConcurrencyHint = "x-ms-dop-hint",
            ServerCookie = "ARRAffinity",
            Limits = LimitsOf(options),
            MaxRetries = options.MaxRetries,
            RetryDelay = options.RetryDelay,
            AttemptTimeout = options.RequestTimeout,
            MaxResponseBytes = options.MaxResponseBytes,
            MeaningOf = (_, error) => MeaningOf(error),
            TimeProvider = timeProvider,
            Logger = logger,
        });
    }

    /// <summary>The name of the system for people.</summary>
    public string Name { get; }

    public ServiceAddresses Addresses { get; }

    /// <inheritdoc cref="RequestGovernor.PausedFor"/>
    public TimeSpan PausedFor => connection.PausedFor;

    /// <summary>Sends a call whose failure the caller handles.</summary>
    public Task<HttpOutcome> AttemptAsync(HttpCall call, CancellationToken cancellationToken) =>
        connection.AttemptAsync(call, cancellationToken);

    /// <summary>Reads one page of a collection.</summary>
    /// <exception cref="ConnectorException">The page could not be read.</exception>
    public async Task<PageResponse> ReadPageAsync(
        Uri address,
        string operation,
        RecordShape shape,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        CancellationToken cancellationToken)
    {
        PageParser? parser = null;
        var call = HttpCall.Get(address, operation, headers) with { Parser = () => parser = new PageParser(shape) };
        try
        {
            using var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
            return new PageResponse(parser!.Complete(), answer.Date);
        }
        catch (JsonException exception)
        {
            throw MalformedAnswer.Of(Name, operation, exception);
        }
    }

    /// <summary>Resolves a link in a response.</summary>
    /// <exception cref="ConnectorException">The link points to another origin.</exception>
    public Uri Resolve(Uri request, string link) => connection.Origin.Resolve(request, link);

    /// <summary>The chain of pages of one read.</summary>
    public PageChain ChainOf(string operation) =>
        new(connection.Origin, problem => MalformedAnswer.Of(Name, operation, problem));

    /// <summary>Delays every request of the account, as a part of a batch asked for.</summary>
    public void Pause(TimeSpan wish) => connection.Pause(wish);

    /// <summary>Runs a parser and reports a response that it cannot read.</summary>
    /// <exception cref="ConnectorException">The response is malformed.</exception>
    public T Guarded<T>(string operation, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw MalformedAnswer.Of(Name, operation, exception);
        }
    }

    /// <summary>The failure of a request that was answered with an error.</summary>
    public ConnectorException Failed(int status, ServiceError error, string operation) =>
        connection.FailureOf(status, error, operation);

    public void Dispose() => connection.Dispose();

    /// <summary>What the service's own code says about an error.</summary>
    public static ErrorMeaning MeaningOf(ServiceError error)
    {
        var code = ErrorCodes.Parse(error.Code);
        return (ErrorCodes.IsDatabaseFault(code) ? ErrorMeaning.Passing : ErrorMeaning.None)
            | (ErrorCodes.ContradictsSchema(code) ? ErrorMeaning.ContradictsSchema : ErrorMeaning.None);
    }

    private static WindowLimit[] LimitsOf(WebApiOptions options) =>
    [
        new()
        {
            Unit = LimitUnit.Requests,
            Amount = options.RequestLimit,
            Window = options.LimitWindow,
            RemainingHeader = "x-ms-ratelimit-burst-remaining-xrm-requests",
        },
        new()
        {
            Unit = LimitUnit.Seconds,
            Amount = options.ExecutionTimeLimit.TotalSeconds,
            Window = options.LimitWindow,
            RemainingHeader = "x-ms-ratelimit-time-remaining-xrm-requests",
        },
    ];
}
