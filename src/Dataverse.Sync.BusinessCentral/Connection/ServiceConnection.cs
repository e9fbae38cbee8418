using System.Text.Json;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// The connection to one company: addresses, requests, pages, and failures that are specific to Business Central.
/// </summary>
internal sealed class ServiceConnection : IDisposable
{
    /// <summary>The name of the system for people.</summary>
    public const string SystemName = "Business Central";

    private readonly HttpConnection connection;
    private readonly AsyncOnce<Company> company;

    public ServiceConnection(BusinessCentralOptions options, TimeProvider timeProvider, ILogger logger)
    {
        Addresses = new ServiceAddresses(options.BaseAddress!, options.QueryOptions);
        ConfiguredCompany = options.Company!.Trim();
        Errors = new ErrorRules(options.PassingErrorTexts);
        connection = new HttpConnection(new HttpConnectionSettings
        {
            Connector = SystemName,
            BaseAddress = options.BaseAddress!,

            // A server on premises names itself in its links, and not the proxy before it.
            RebasesLinks = true,
            Rebase = options.RebaseLinks ? Addresses.Rebase : null,
            AccessToken = options.AccessToken!,
            RenewAccessToken = options.RenewAccessToken,
            Account = options.Account,
            Client = options.HttpClient,
            Handler = options.HttpMessageHandler,
            Clients = options.HttpClients,

            // Without it, error texts are in the language of the user.
            Headers = [new("Accept-Language", "en-US")],
            MaxConcurrency = options.MaxConcurrency,
            Limits = LimitsOf(options),
            MaxRetries = options.MaxRetries,
            AttemptTimeout = options.RequestTimeout,
            MaxResponseBytes = options.MaxResponseBytes,
            MeaningOf = Errors.MeaningOf,
            TimeProvider = timeProvider,
            Logger = logger,
        });
        company = new AsyncOnce<Company>(token => CompanyResolver.ResolveAsync(this, token));
    }

    public ServiceAddresses Addresses { get; }

    /// <summary>Reads the service's codes and texts.</summary>
    public ErrorRules Errors { get; }

    /// <summary>The company as the options name it.</summary>
    public string ConfiguredCompany { get; }

    /// <summary>The company, once it has been looked up; null until then.</summary>
    public Company? KnownCompany => company.Value;

    /// <summary>The company to which the connection leads.</summary>
    public ValueTask<Company> CompanyAsync(CancellationToken cancellationToken) => company.GetAsync(cancellationToken);

    /// <summary>The path of a table's records, relative to its API's root.</summary>
    public async ValueTask<string> PathAsync(string entitySet, CancellationToken cancellationToken)
    {
        var found = await company.GetAsync(cancellationToken).ConfigureAwait(false);
        return $"companies({found.Id:D})/{entitySet}";
    }

    /// <summary>Looks the company up again, and reads the time that the service shows.</summary>
    /// <exception cref="ConnectorException">There is no such company, or several are called so.</exception>
    public Task<(Company Company, DateTimeOffset? Time)> FindCompanyAsync(CancellationToken cancellationToken) =>
        CompanyResolver.ReadAsync(this, cancellationToken);

    /// <summary>Reads an address; the answer is JSON unless another type is asked for.</summary>
    /// <exception cref="ConnectorException">The service did not answer.</exception>
    public async Task<HttpAnswer> GetAsync(
        Uri address,
        string operation,
        CancellationToken cancellationToken,
        IReadOnlyList<KeyValuePair<string, string>>? headers = null,
        string mediaType = "application/json",
        Func<IBodyParser>? parser = null)
    {
        var call = HttpCall.Get(address, operation, [new("Accept", mediaType), .. headers ?? []]) with { Parser = parser };
        try
        {
            return await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException failure) when (failure.ErrorCode == ErrorCodes.CompanyNotFound)
        {
            throw Explain(failure);
        }
    }

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
        Func<IBodyParser> makeParser = () => parser = new PageParser(shape);
        try
        {
            using var answer = await GetAsync(
                address, operation, cancellationToken, headers, parser: shape.CollectsAside ? null : makeParser).ConfigureAwait(false);
            return new PageResponse(parser?.Complete() ?? PageReader.Read(answer.Body.Span, shape), answer.Date);
        }
        catch (JsonException exception)
        {
            throw Malformed(operation, exception);
        }
    }

    /// <inheritdoc cref="RequestGovernor.PausedFor"/>
    public TimeSpan PausedFor => connection.PausedFor;

    /// <summary>Sends a call whose failure the caller handles.</summary>
    public Task<HttpOutcome> AttemptAsync(HttpCall call, CancellationToken cancellationToken) =>
        connection.AttemptAsync(call, cancellationToken);

    /// <summary>Resolves a link in a response.</summary>
    /// <exception cref="ConnectorException">The link points to another origin.</exception>
    public Uri Resolve(Uri request, string link) => connection.Origin.Resolve(request, link);

    /// <summary>The chain of pages of one read.</summary>
    public PageChain ChainOf(string operation) =>
        new(connection.Origin, problem => MalformedAnswer.Of(SystemName, operation, problem));

    /// <summary>Adds the name of the company to the failure of a company that does not exist.</summary>
    public ConnectorException Explain(ConnectorException failure) => failure.ErrorCode == ErrorCodes.CompanyNotFound
        ? new ConnectorException(
            SystemName,
            ConnectorFailure.NotFound,
            $"{SystemName}: there is no company '{ConfiguredCompany}'.",
            failure)
        {
            StatusCode = failure.StatusCode,
            ErrorCode = failure.ErrorCode,
            ContradictsSchema = failure.ContradictsSchema,
        }
        : failure;

    /// <summary>The failure of a response that violates the protocol.</summary>
    public static ConnectorException Malformed(string operation, Exception cause) =>
        MalformedAnswer.Of(SystemName, operation, cause);

    public void Dispose()
    {
        company.Dispose();
        connection.Dispose();
    }

    private static WindowLimit[] LimitsOf(BusinessCentralOptions options) => options.RequestLimit is { } requests
        ? [new() { Unit = LimitUnit.Requests, Amount = requests, Window = options.LimitWindow }]
        : [];
}
