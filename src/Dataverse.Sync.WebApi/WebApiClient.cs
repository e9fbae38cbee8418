using System.Globalization;
using System.Net;
using System.Text.Json;
using Dataverse.Sync.Http;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.WebApi;

/// <summary>Speaks the Web API's way of HTTP: its addresses, headers, pages, and batches.</summary>
internal sealed class WebApiClient : IDisposable
{
    private const int StartConcurrency = 5;
    private const int MaxReadRounds = 3;

    /// <summary>The longest pause that an answer inside a batch may ask for; a longer wish is left to the next run.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private static readonly KeyValuePair<string, string>[] EveryRequest =
    [
        new("Accept", "application/json"),
        new("OData-MaxVersion", "4.0"),
        new("OData-Version", "4.0"),

        // The literal word null: it keeps caches on the way from answering.
        new("If-None-Match", "null"),
    ];

    private readonly HttpConnection connection;
    private readonly TimeProvider timeProvider;
    private readonly TimeSpan retryDelay;

    public WebApiClient(WebApiOptions options, TimeProvider timeProvider, ILogger logger)
    {
        Name = options.Name;
        this.timeProvider = timeProvider;
        retryDelay = options.RetryDelay;
        Root = new Uri(options.EnvironmentUrl!, $"/api/data/v{options.ApiVersion}/");
        connection = new HttpConnection(new HttpConnectionSettings
        {
            Connector = options.Name,
            BaseAddress = Root,
            AccessToken = options.AccessToken!,
            Account = options.Account,
            Client = options.HttpClient,
            Handler = options.HttpMessageHandler,
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
            TimeProvider = timeProvider,
            Logger = logger,
        });
    }

    /// <summary>The name of the system for people.</summary>
    public string Name { get; }

    /// <summary>The root of the Web API, with a slash at its end.</summary>
    public Uri Root { get; }

    /// <summary>Resolves an address below the root.</summary>
    public Uri Address(string relative) => new(Root, relative);

    /// <summary>Resolves a link that an answer holds.</summary>
    /// <exception cref="ConnectorException">The link leads elsewhere.</exception>
    public Uri Resolve(Uri request, string link) => connection.Origin.Resolve(request, link);

    /// <summary>A chain of pages that one read follows.</summary>
    public PageChain ChainOf(string operation) => new(connection.Origin, problem => MalformedAnswer.Of(Name, operation, problem));

    public Task<HttpOutcome> AttemptAsync(HttpCall call, CancellationToken cancellationToken) => connection.AttemptAsync(call, cancellationToken);

    public async Task<T> ReadAsync<T>(HttpCall call, Func<HttpAnswer, T> read, CancellationToken cancellationToken)
    {
        using var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return Guarded(call.Operation, () => read(answer));
    }

    /// <summary>Sends reads as one request, again where single ones fail for a passing reason.</summary>
    /// <exception cref="ConnectorException">The batch failed as a whole.</exception>
    public async Task<BatchOutcome> ReadBatchAsync(IReadOnlyList<BatchPart> parts, string operation, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            var outcome = await AttemptBatchAsync(parts, operation, isRepeatable: true, cancellationToken).ConfigureAwait(false);
            if (outcome.Answers is null)
            {
                throw outcome.Failure!;
            }

            var throttled = outcome.Answers.FirstOrDefault(answer => answer.Status is 408 or 429 or 500 or >= 502);
            var pause = RetryAfter.Parse(throttled?.Header("Retry-After"), timeProvider.GetUtcNow()) ?? retryDelay * round;
            if (throttled is null || round == MaxReadRounds || pause > LongestPause)
            {
                return outcome;
            }

            outcome.Dispose();
            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends requests as one; each is answered, whatever becomes of the others.</summary>
    public async Task<BatchOutcome> AttemptBatchAsync(IReadOnlyList<BatchPart> parts, string operation, bool isRepeatable, CancellationToken cancellationToken)
    {
        var (body, contentType) = BatchWriter.Write(parts);
        var call = new HttpCall
        {
            Method = HttpMethod.Post,
            Address = Address("$batch"),
            Operation = operation,
            Headers = Prefer.Header(Prefer.ContinueOnError),
            Body = body,
            ContentType = contentType,
            IsRepeatable = isRepeatable,
        };
        var outcome = await AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        try
        {
            return outcome.Answer is null
                ? new BatchOutcome(outcome)
                : new BatchOutcome(outcome) { Answers = Guarded(operation, () => ReadAnswers(outcome.Answer, parts.Count)) };
        }
        catch (ConnectorException exception)
        {
            outcome.Dispose();
            return new BatchOutcome(outcome) { Failure = exception, Fate = RequestFate.Unknown };
        }
    }

    /// <summary>The failure that an answer inside a batch means for the whole run.</summary>
    public ConnectorException Failed(BatchAnswer answer, string operation)
    {
        var error = answer.ReadError();
        var status = answer.Status.ToString(CultureInfo.InvariantCulture);
        return new ConnectorException(
            Name,
            FailureMap.FailureOf((HttpStatusCode)answer.Status),
            $"{Name}: {operation}: HTTP {status}{(error.Code is null ? string.Empty : $", {error.Code}")}.")
        {
            StatusCode = answer.Status,
            ErrorCode = error.Code,
        };
    }

    /// <summary>Makes sense of an answer, or says that none can be made.</summary>
    /// <exception cref="ConnectorException">The answer is malformed.</exception>
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

    public void Dispose() => connection.Dispose();

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

    // A batch that is refused as a whole answers with plain JSON.
    private IReadOnlyList<BatchAnswer> ReadAnswers(HttpAnswer answer, int expected)
    {
        var boundary = BatchReader.BoundaryOf(answer.ContentType) ?? throw new FormatException("The answer to the batch is not multipart.");
        var answers = BatchReader.Read(answer.Body, boundary);
        foreach (var refused in answers.Where(part => part.Status is 429 or 503))
        {
            connection.Pause(RetryAfter.Parse(refused.Header("Retry-After"), answer.Date ?? timeProvider.GetUtcNow()) ?? TimeSpan.Zero);
        }

        return answers.Count == expected
            ? answers
            : throw new FormatException($"The batch of {expected} requests has {answers.Count} answers.");
    }
}
