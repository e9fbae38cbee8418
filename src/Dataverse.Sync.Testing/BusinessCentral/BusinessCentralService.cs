using System.Collections.Concurrent;
using System.Globalization;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Business Central behind the HTTP host: checks URLs, tokens and limits, then dispatches requests.</summary>
internal sealed class BusinessCentralService : IEmulatorService
{
    private readonly BusinessCentralEmulatorOptions options;
    private readonly Database database;
    private readonly TokenIssuer tokens;
    private readonly PageDispatcher dispatcher;
    private readonly BatchHandler batches;
    private readonly SubscriptionHandler subscriptions;
    private readonly ConcurrentDictionary<string, UserLimiter> limiters = new(StringComparer.Ordinal);

    public BusinessCentralService(
        BusinessCentralEmulatorOptions options, Database database, TokenIssuer tokens,
        SubscriptionHandler subscriptions)
    {
        (this.options, this.database, this.tokens, this.subscriptions) = (options, database, tokens, subscriptions);
        var tags = new EntityTags(options.TagsCoverCalculatedFields, options.TagsCoverModificationStamp);
        dispatcher = new PageDispatcher(database.Catalog, options, tags);
        batches = new BatchHandler(dispatcher, database.Catalog, options);
    }

    public bool IsWrite(EmulatorRequest request)
    {
        if (request.IsRead || TokenIssuer.IsTokenRequest(request))
        {
            return false;
        }

        return !IsBatch(request) || Parts(request).Any(part => !part.IsRead);
    }

    public async Task<EmulatorResponse> HandleAsync(EmulatorRequest request, CancellationToken cancellationToken)
    {
        if (TokenIssuer.IsTokenRequest(request))
        {
            return tokens.Answer(request);
        }

        var requestId = Guid.NewGuid();
        try
        {
            CheckUrl(request);
            var user = tokens.Authenticate(request);
            using var place = await EnterAsync(request, user, cancellationToken).ConfigureAwait(false);
            if (options.RequestDuration > TimeSpan.Zero)
            {
                await Task.Delay(options.RequestDuration, options.TimeProvider, cancellationToken)
                    .ConfigureAwait(false);
            }

            return await HandleAsync(Call(request, requestId), cancellationToken).ConfigureAwait(false);
        }
        catch (BusinessCentralException refusal)
        {
            return Extended(Replies.Error(refusal, requestId));
        }
    }

    public EmulatorResponse Refuse(EmulatorRequest request, int status, string? errorCode, string? errorText)
    {
        var (code, text) = status switch
        {
            401 => ("Authentication_InvalidCredentials", "The server has rejected the client credentials."),
            403 => ("Authorization_RequestDenied", "The user does not have permission."),
            404 => (Errors.ResourceNotFound, "Resource not found."),
            409 => (Errors.EntityChanged, "Another user has already changed the record."),
            429 => ("Application_TooManyRequests", "Too many requests. Please retry later."),
            500 => ("Internal_ServerError", "An internal server error occurred."),
            503 => ("Internal_TenantUnavailable", "The tenant is unavailable."),
            _ => ("Unknown", "An error occurred."),
        };
        return Extended(
            Replies.Error(new BusinessCentralException(status, errorCode ?? code, errorText ?? text), Guid.NewGuid()),
            isFault: true);
    }

    private ApiCall Call(EmulatorRequest request, Guid requestId)
    {
        var session = Session.Of(database);
        var address = ApiAddress.Parse(request, options, database.Catalog);
        return new ApiCall(request, address, ReadIntent.IsReadOnly(request) ? session.OnReplica() : session, requestId);
    }

    private async Task<EmulatorResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        if (SubscriptionHandler.Handles(call))
        {
            ReadIntent.Check(call.Request);
            return await subscriptions.HandleAsync(call, cancellationToken).ConfigureAwait(false);
        }

        return call.Address.Resource is [{ Name: "$batch", Key: null }]
            ? batches.Handle(call)
            : dispatcher.Handle(call);
    }

    private async Task<IDisposable?> EnterAsync(
        EmulatorRequest request, string user, CancellationToken cancellationToken)
    {
        if (options.Limits is not { } limits)
        {
            return null;
        }

        var limiter = limiters.GetOrAdd(user, _ => new UserLimiter(limits, options.TimeProvider));
        var weight = limits.CountsBatchParts && IsBatch(request) ? Math.Max(1, Parts(request).Count) : 1;
        return await limiter.EnterAsync(weight, cancellationToken).ConfigureAwait(false);
    }

    private void CheckUrl(EmulatorRequest request)
    {
        var length = request.Origin.Length + request.PathAndQuery.Length;
        if (length > 2 * options.MaxUrlLength)
        {
            throw new BusinessCentralException(500, "Internal_ServerError", "An internal server error occurred.");
        }

        if (length > options.MaxUrlLength)
        {
            throw Errors.InvalidUrl("The request URL is too long.");
        }
    }

    /// <summary>Adds the headers that belong to a status rather than to a resource.</summary>
    private EmulatorResponse Extended(EmulatorResponse response, bool isFault = false) => response.Status switch
    {
        401 => response.WithHeader("WWW-Authenticate", "Bearer"),
        429 when !isFault && options.Limits?.RetryAfter is { } wait =>
            response.WithHeader("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
        _ => response,
    };

    private static bool IsBatch(EmulatorRequest request) => request.Path.EndsWith("/$batch", StringComparison.Ordinal);

    private static IReadOnlyList<BatchRequest> Parts(EmulatorRequest request)
    {
        try
        {
            return BatchBody.Read(request);
        }
        catch (BusinessCentralException)
        {
            return [];
        }
    }
}
