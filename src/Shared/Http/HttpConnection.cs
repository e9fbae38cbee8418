using System.Net;
using System.Net.Http.Headers;
using Dataverse.Sync.Shared;
using Polly;

namespace Dataverse.Sync.Http;

/// <summary>
/// Sends requests to one service: token, the service's limits, repetition of what is safe to repeat, failures in the
/// engine's words.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class HttpConnection : IDisposable
{
    private readonly HttpConnectionSettings settings;
    private readonly Func<HttpClient> clients;
    private readonly HttpClient? ownClient;
    private readonly GovernorSettings limits;
    private readonly RequestGovernor governor;
    private readonly BearerToken token;
    private readonly Lazy<ResiliencePipeline<HttpOutcome>> retries;

    public HttpConnection(HttpConnectionSettings settings)
    {
        this.settings = settings;
        Origin = new OriginGuard(settings.Connector, settings.BaseAddress, settings.RebasesLinks, settings.Rebase);
        limits = settings.ToGovernorSettings();
        governor = settings.ShareGovernor();
        token = new BearerToken(settings.Connector, settings.AccessToken, settings.RenewAccessToken);
        retries = new Lazy<ResiliencePipeline<HttpOutcome>>(() => RetryPolicy.Create(settings));
        var makesOwn = settings.Client is null && (settings.Clients is null || settings.Handler is not null);
        ownClient = makesOwn ? HttpClientFactory.Create(settings) : null;
        var client = ownClient ?? settings.Client;
        clients = client is null ? settings.Clients! : () => client;
    }

    /// <summary>Checks and resolves the links that answers hold.</summary>
    public OriginGuard Origin { get; }

    /// <summary>The failure of a request that was answered with an error.</summary>
    /// <param name="status">The status of the answer.</param>
    /// <param name="error">What the service said.</param>
    /// <param name="operation">What the request was for.</param>
    /// <param name="retryAfter">The pause that the service asked for; null for none.</param>
    public ConnectorException FailureOf(
        int status, ServiceError error, string operation, TimeSpan? retryAfter = null)
    {
        var meaning = settings.MeaningOf(status, error);
        var code = error.Code is null ? string.Empty : $", {error.Code}";
        return new ConnectorException(
            settings.Connector,
            FailureMap.FailureOf((HttpStatusCode)status, meaning),
            $"{settings.Connector}: {operation}: HTTP {status}{code}.")
        {
            StatusCode = status,
            ErrorCode = error.Code,
            RetryAfter = retryAfter,
            ContradictsSchema = meaning.HasFlag(ErrorMeaning.ContradictsSchema),
        };
    }

    /// <summary>Sends a call whose failure stops the run.</summary>
    /// <exception cref="ConnectorException">The call failed, all repetitions included.</exception>
    public async Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var outcome = await AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        return outcome.Answer ?? throw outcome.Failure!;
    }

    /// <summary>Sends a call whose failure is the caller's to judge, such as a write.</summary>
    /// <exception cref="ConnectorException">The address is on another origin; nothing was sent.</exception>
    public async Task<HttpOutcome> AttemptAsync(HttpCall call, CancellationToken cancellationToken)
    {
        _ = Origin.Require(call.Address);
        var first = await TryOnceAsync(call, cancellationToken).ConfigureAwait(false);

        // Nearly every call ends here, without the pipeline, which is not even made before something has to be
        // repeated.
        return first.MaxRetries == 0 ? first : await RepeatAsync(call, first, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Holds every request of the account back, as a part of an answer asked for; a wish beyond the longest pause is
    /// the caller's to judge.
    /// </summary>
    public void Pause(TimeSpan wish)
    {
        if (wish <= settings.MaxRetryAfter)
        {
            governor.Pause(wish);
        }
    }

    /// <inheritdoc cref="RequestGovernor.PausedFor"/>
    public TimeSpan PausedFor => governor.PausedFor;

    public void Dispose() => ownClient?.Dispose();

    private async Task<HttpOutcome> RepeatAsync(HttpCall call, HttpOutcome first, CancellationToken cancellationToken)
    {
        HttpOutcome? made = first;
        var mayHaveRun = false;
        return await retries.Value.ExecuteAsync(TryAsync, cancellationToken).ConfigureAwait(false);

        // The pipeline's first attempt is the one that was made already.
        async ValueTask<HttpOutcome> TryAsync(CancellationToken token)
        {
            var outcome = made ?? await TryOnceAsync(call, token).ConfigureAwait(false);
            made = null;
            outcome.FollowsUnknown = mayHaveRun;

            // A 503 is worth a repetition, but a gateway on the way may have sent it after the work was done.
            mayHaveRun |= outcome.Fate == RequestFate.Unknown || outcome.Failure?.StatusCode == 503;
            return outcome;
        }
    }

    private async ValueTask<HttpOutcome> TryOnceAsync(HttpCall call, CancellationToken cancellationToken)
    {
        using var pass = await governor.EnterAsync(call.Weight, cancellationToken).ConfigureAwait(false);
        try
        {
            using var timeout = new CancellationTokenSource(settings.AttemptTimeout, settings.TimeProvider);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            return await ExchangeAsync(call, pass, linked.Token).ConfigureAwait(false);
        }
        catch (ConnectorException failure)
        {
            // A login that was canceled looks like one that took too long.
            cancellationToken.ThrowIfCancellationRequested();
            return new HttpOutcome { Failure = failure, Fate = RequestFate.NotPerformed };
        }
        catch (TooLateException exception)
        {
            return TooLate(call, exception);
        }
        catch (ForeignAnswerException exception)
        {
            // Whoever redirected the request, or received it, may have done the work.
            return new HttpOutcome { Failure = exception.Failure, Fate = RequestFate.Unknown };
        }
        catch (HttpRequestException exception)
        {
            return Broken(call, "the connection failed", FailureMap.FateOf(exception), exception);
        }
        catch (IOException exception)
        {
            return Broken(call, "the connection broke", RequestFate.Unknown, exception);
        }
        catch (ExecutionRejectedException exception)
        {
            // A time limit or an open circuit of the caller's own handlers, which may have sent the request before.
            return Broken(call, "a handler of the HTTP client ended the request", RequestFate.Unknown, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Broken(call, "the answer took too long", RequestFate.Unknown, exception);
        }
        catch (BodyTooLargeException exception)
        {
            return Malformed(call, $"the answer is greater than the {settings.MaxResponseBytes} bytes allowed", exception);
        }
        catch (InvalidDataException exception)
        {
            return Malformed(call, "the answer cannot be decompressed", exception);
        }
    }

    private async Task<HttpOutcome> ExchangeAsync(HttpCall call, RequestPass pass, CancellationToken cancellationToken)
    {
        var started = settings.TimeProvider.GetTimestamp();
        var bearer = await token.AcquireAsync(cancellationToken).ConfigureAwait(false);
        var response = await SendWithTokenAsync(call, bearer, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            var challenge = ChallengeOf(response);
            response.Dispose();
            HttpLog.TokenRefused(settings.Logger, settings.Connector);
            bearer = await token.RenewAsync(bearer, challenge, cancellationToken).ConfigureAwait(false);
            response = await SendWithTokenAsync(call, bearer, cancellationToken).ConfigureAwait(false);
        }

        using (response)
        {
            pass.Report = ServiceReportReader.Read(limits, response.StatusCode, response.Headers);
            if (!response.IsSuccessStatusCode)
            {
                return await RefusedAsync(call, pass, response, cancellationToken).ConfigureAwait(false);
            }

            var (buffer, length) = await ReadBodyAsync(call, response.Content, cancellationToken).ConfigureAwait(false);
            var elapsed = settings.TimeProvider.GetElapsedTime(started);
            HttpLog.Answered(settings.Logger, settings.Connector, call.Operation, (int)response.StatusCode, length, elapsed);
            return new HttpOutcome
            {
                Answer = new HttpAnswer(response, buffer ?? [], buffer is null ? 0 : (int)length),
                Fate = RequestFate.Performed,
            };
        }
    }

    /// <summary>Reads the body, or lets the call's parser read it; there is no buffer then.</summary>
    private async ValueTask<(byte[]? Buffer, long Length)> ReadBodyAsync(
        HttpCall call, HttpContent content, CancellationToken cancellationToken)
    {
        if (call.Parser is { } makeParser)
        {
            return (null, await BodyReader.ParseAsync(content, makeParser(), settings.MaxResponseBytes, cancellationToken)
                .ConfigureAwait(false));
        }

        return await BodyReader.ReadAsync(content, settings.MaxResponseBytes, cancellationToken).ConfigureAwait(false);
    }

    private static string? ChallengeOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("WWW-Authenticate", out var values) ? string.Join(", ", values) : null;

    private async Task<HttpResponseMessage> SendWithTokenAsync(
        HttpCall call, AuthenticationHeaderValue bearer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, call.Address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = call.ContentType is null ? null : call.PooledBody?.ToContent() ?? new ReadOnlyMemoryContent(call.Body),
        };
        _ = request.Content?.Headers.TryAddWithoutValidation("Content-Type", call.ContentType);
        AddHeaders(request, call.Headers);
        AddHeaders(request, settings.Headers.Where(header => !call.Has(header.Key)));
        _ = request.Headers.TryAddWithoutValidation("User-Agent", HttpClientFactory.UserAgent);
        request.Headers.Authorization = bearer;
        if (!call.IsRepeatable)
        {
            SingleSendHandler.Mark(request);
        }

        if (call.Deadline is { HasPassed: true })
        {
            throw new TooLateException();
        }

        var response = await clients().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            // A caller's own client may follow redirections; ours does not.
            _ = Origin.Require(response.RequestMessage?.RequestUri ?? call.Address);
            return response;
        }
        catch (ConnectorException failure)
        {
            response.Dispose();
            throw new ForeignAnswerException(failure);
        }
    }

    private static void AddHeaders(HttpRequestMessage request, IEnumerable<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private async Task<HttpOutcome> RefusedAsync(
        HttpCall call, RequestPass pass, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var error = await ErrorBody.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        var pause = RetryAfter.Parse(
            response.Headers.TryGetValues("Retry-After", out var values) ? values.FirstOrDefault() : null,
            response.Headers.Date ?? settings.TimeProvider.GetUtcNow());
        var status = (int)response.StatusCode;
        var wantsPause = pause > TimeSpan.Zero || status == 429 || (status == 503 && error.Code is not null);
        if (wantsPause && !(pause > settings.MaxRetryAfter))
        {
            pass.Refuse(pause, isOverLimit: status == 429);
        }

        var failure = FailureOf(status, error, call.Operation, pause);
        var fate = FailureMap.FateOf(response.StatusCode, error, settings.MeaningOf(status, error));
        return new HttpOutcome
        {
            Failure = failure,
            Error = error,
            Fate = fate,
            MaxRetries = RetryPolicy.RetriesFor(settings, call, failure, fate),
        };
    }

    private HttpOutcome TooLate(HttpCall call, TooLateException exception) => new()
    {
        Failure = new ConnectorException(
            settings.Connector,
            ConnectorFailure.ServiceFault,
            $"{settings.Connector}: {call.Operation}: the request was not sent, because the time for it was over.",
            exception),
        Fate = RequestFate.NotPerformed,
        IsTooLate = true,
    };

    private HttpOutcome Malformed(HttpCall call, string what, Exception exception) => new()
    {
        Failure = new ConnectorException(
            settings.Connector,
            ConnectorFailure.MalformedAnswer,
            $"{settings.Connector}: {call.Operation}: {what}.",
            exception),
        Fate = RequestFate.Unknown,
    };

    private HttpOutcome Broken(HttpCall call, string what, RequestFate fate, Exception exception)
    {
        var failure = new ConnectorException(
            settings.Connector,
            ConnectorFailure.Unreachable,
            $"{settings.Connector}: {call.Operation}: {what} ({settings.BaseAddress.Authority}).",
            exception);
        return new HttpOutcome { Failure = failure, Fate = fate, MaxRetries = RetryPolicy.RetriesFor(settings, call, failure, fate) };
    }
}
