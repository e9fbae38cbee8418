using Dataverse.Sync.Http;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>One company's service: addresses, requests, and the failures that only Business Central has.</summary>
internal sealed class BusinessCentralService : IDisposable
{
    private readonly HttpConnection connection;
    private readonly AsyncOnce<Company> company;
    private readonly bool countsBatchParts;

    public BusinessCentralService(BusinessCentralOptions options, TimeProvider timeProvider, ILogger logger)
    {
        Addresses = new ServiceAddresses(options.BaseAddress!, options.QueryOptions);
        ConfiguredCompany = options.Company!.Trim();
        countsBatchParts = options.CountsBatchParts;
        connection = new HttpConnection(new HttpConnectionSettings
        {
            Connector = BusinessCentralConnector.SystemName,
            BaseAddress = options.BaseAddress!,
            AccessToken = options.AccessToken!,
            Account = options.Account,
            Client = options.HttpClient,
            Handler = options.HttpMessageHandler,
            // Texts of errors follow the language of the user unless one is asked for.
            Headers = [new("Accept-Language", "en-US")],
            MaxConcurrency = options.MaxConcurrency,
            Limits = options.RequestLimit is { } requests ? [new() { Unit = LimitUnit.Requests, Amount = requests, Window = options.LimitWindow }] : [],
            MaxRetries = options.MaxRetries,
            AttemptTimeout = options.RequestTimeout,
            MaxResponseBytes = options.MaxResponseBytes,
            TimeProvider = timeProvider,
            Logger = logger,
        });
        company = new AsyncOnce<Company>(token => CompanyResolver.ResolveAsync(this, token));
    }

    public ServiceAddresses Addresses { get; }

    /// <summary>The company as the options name it.</summary>
    public string ConfiguredCompany { get; }

    /// <summary>The path of a table's records, relative to its API's root.</summary>
    public async ValueTask<string> PathAsync(string entitySet, CancellationToken cancellationToken)
    {
        var found = await company.GetAsync(cancellationToken).ConfigureAwait(false);
        return $"companies({found.Id:D})/{entitySet}";
    }

    /// <summary>Reads an address; the answer is JSON unless another type is asked for.</summary>
    /// <exception cref="ConnectorException">The service did not answer.</exception>
    public async Task<HttpAnswer> GetAsync(
        Uri address, string operation, CancellationToken cancellationToken, IReadOnlyList<KeyValuePair<string, string>>? headers = null, string mediaType = "application/json")
    {
        var call = HttpCall.Get(address, operation, [new("Accept", mediaType), .. headers ?? []]);
        try
        {
            return await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException failure) when (failure.ErrorCode == ErrorCodes.CompanyNotFound)
        {
            throw Explain(failure);
        }
    }

    /// <summary>Sends a batch, which is complete with that; its failure is the caller's to judge.</summary>
    public Task<HttpOutcome> SendBatchAsync(string apiRoot, BatchBody batch, string operation, bool isRepeatable, CancellationToken cancellationToken) =>
        connection.AttemptAsync(
            new HttpCall
            {
                Method = HttpMethod.Post,
                Address = Addresses.Absolute(apiRoot, "$batch"),
                Operation = operation,
                Headers = [new("Accept", "application/json"), new("Prefer", "odata.continue-on-error")],
                Body = batch.Complete(),
                ContentType = "application/json",
                IsRepeatable = isRepeatable,
                Weight = countsBatchParts ? batch.Count : 1,
            },
            cancellationToken);

    /// <summary>Resolves a link that an answer to a request holds.</summary>
    /// <exception cref="ConnectorException">The link leads elsewhere.</exception>
    public Uri Resolve(Uri request, string link) => connection.Origin.Resolve(request, link);

    /// <summary>A chain of pages that one read follows.</summary>
    public PageChain ChainOf(string operation) => new(connection.Origin, problem => MalformedAnswer.Of(BusinessCentralConnector.SystemName, operation, problem));

    /// <summary>The failure as people should read it: a wrong company is named.</summary>
    public ConnectorException Explain(ConnectorException failure) => failure.ErrorCode == ErrorCodes.CompanyNotFound
        ? new ConnectorException(BusinessCentralConnector.SystemName, ConnectorFailure.NotFound, $"Business Central: there is no company '{ConfiguredCompany}'.", failure)
        {
            StatusCode = failure.StatusCode,
            ErrorCode = failure.ErrorCode,
        }
        : failure;

    /// <summary>The failure of an answer that is not what the protocol says.</summary>
    public static ConnectorException Malformed(string operation, Exception cause) => MalformedAnswer.Of(BusinessCentralConnector.SystemName, operation, cause);

    public void Dispose()
    {
        company.Dispose();
        connection.Dispose();
    }
}
