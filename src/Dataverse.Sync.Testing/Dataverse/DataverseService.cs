using System.Globalization;
using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The Web API behind the HTTP host: tokens, throttling, impersonation, latency, and the headers of every response.
/// </summary>
internal sealed partial class DataverseService(
    DataverseBackend backend, ApiDispatcher dispatcher, TokenAuthority tokens)
    : IEmulatorService
{
    private const string Affinity = "ARRAffinity";

    private readonly DataverseEmulatorOptions options = backend.Options;
    private readonly DataverseStore store = backend.Store;
    private readonly RequestAdmission admission = backend.Admission;

    public bool IsWrite(EmulatorRequest request)
    {
        if (!request.Path.EndsWith("/$batch", StringComparison.Ordinal))
        {
            return !request.IsRead && !request.Path.EndsWith("/token", StringComparison.OrdinalIgnoreCase);
        }

        return WritingPart().IsMatch(MultipartReader.ToText(request.Body));
    }

    public async Task<EmulatorResponse> HandleAsync(EmulatorRequest request, CancellationToken cancellationToken)
    {
        if (tokens.Handle(request) is { } token)
        {
            return token;
        }

        var server = admission.ChooseServer(Cookie(request));
        var account = backend.User();
        AdmittedRequest admitted;
        try
        {
            account = UserOf(tokens.Authenticate(request));
            admitted = admission.Enter(account, server);
        }
        catch (DataverseErrorException refusal)
        {
            var response = DataverseResponses.Error(refusal);
            return Complete(
                refusal.Status == 401 ? response.WithHeader("WWW-Authenticate", Challenge(request)) : response, account,
                server);
        }

        using (admitted)
        {
            var response = Answer(request, account, admitted);
            await admission.WaitAsync(response.RowWrites, cancellationToken).ConfigureAwait(false);
            return Complete(response, account, server);
        }
    }

    public EmulatorResponse Refuse(EmulatorRequest request, int status, string? errorCode, string? errorText)
    {
        var usual = UsualRefusal(status, errorCode);
        return DataverseResponses.Error(
            errorText is null ? usual : new DataverseErrorException(status, usual.Code, errorText));
    }

    private static DataverseErrorException UsualRefusal(int status, string? errorCode) =>
        status switch
        {
            401 => new DataverseErrorException(401, errorCode ?? "0x8005F101", "The access token is expired."),
            403 =>
                new DataverseErrorException(403, errorCode ?? "0x80040220", "Principal user is missing a privilege."),
            429 => new DataverseErrorException(
                429, errorCode ?? "0x80072322",
                "Number of requests exceeded the limit of 6000 over time window of 300 seconds."),
            503 => new DataverseErrorException(503, errorCode ?? "0x8005F103", "The service is unavailable."),
            _ => new DataverseErrorException(status, errorCode ?? "0x80040216", "An unexpected error occurred."),
        };

    private EmulatorResponse Answer(EmulatorRequest request, Guid account, AdmittedRequest admitted)
    {
        try
        {
            var session = admitted.Open(CallerOf(request, account));
            if (ApiRequestFactory.Create(request, session) is not { } call)
            {
                return DataverseResponses.NoSuchRoute(request.Origin + request.Path);
            }

            var response = dispatcher.Handle(call with
            {
                Faults = request.Faults,
                Session = request.IsRead ? session.OnReplica() : session,
            });
            admission.Bump(session);
            return response with { RowWrites = session.RowWrites };
        }
        catch (DataverseErrorException refusal)
        {
            return DataverseResponses.Error(refusal);
        }
        catch (ODataQueryException refusal)
        {
            return DataverseResponses.Error(QueryEvaluation.Refusal(refusal));
        }
    }

    // An application that has a user row of its own acts as that user, any other as the emulator's default one.
    private Guid UserOf(string? client) => Guid.TryParse(client, out var application)
        ? store.State["systemuser"].Rows.Values.FirstOrDefault(row => Equals(row["applicationid"], application))?.Id
            ?? backend.User()
        : backend.User();

    private DataverseCaller CallerOf(EmulatorRequest request, Guid account)
    {
        var users = store.State["systemuser"].Rows;
        if (request.Header("CallerObjectId") is { } directoryId)
        {
            var row = Guid.TryParse(directoryId, out var id)
                ? users.Values.FirstOrDefault(row => Equals(row["azureactivedirectoryobjectid"], id))
                : null;
            return new DataverseCaller((row ?? throw NoMember()).Id, account);
        }

        if (request.Header("MSCRMCallerID") is not { } callerId)
        {
            return new DataverseCaller(account);
        }

        return Guid.TryParse(callerId, out var caller) && users.ContainsKey(caller)
            ? new DataverseCaller(caller, account)
            : throw NoMember();
    }

    private static DataverseErrorException NoMember() =>
        new(403, "0x80072560", "The user is not a member of the organization.");

    private EmulatorResponse Complete(EmulatorResponse response, Guid account, int server)
    {
        var (requests, time) = admission.Remaining(account, server);
        var headers = new Dictionary<string, string>(response.Headers, StringComparer.OrdinalIgnoreCase)
        {
            ["x-ms-dop-hint"] = Number(options.RecommendedParallelism),
            ["x-ms-ratelimit-burst-remaining-xrm-requests"] = Number(requests),
            ["x-ms-ratelimit-time-remaining-xrm-requests"] = time.TotalSeconds.ToString(
                "0.##", CultureInfo.InvariantCulture),
            ["x-ms-service-request-id"] = Guid.NewGuid().ToString(),
            ["REQ_ID"] = Guid.NewGuid().ToString(),

            ["Date"] = store.Now.ToString("R", CultureInfo.InvariantCulture),

            // Without the "secure" of the cloud: clients would not send it back over plain HTTP.
            ["Set-Cookie"] = $"{Affinity}={Number(server)}; path=/; HttpOnly",
        };
        return response with { Headers = headers };
    }

    private static string Challenge(EmulatorRequest request) =>
        $"Bearer authorization_uri={request.Origin}/common/oauth2/authorize, resource_id={request.Origin}/";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Cookie(EmulatorRequest request) =>
        request.Header("Cookie")?.Split(';').Select(cookie => cookie.Trim())
        .FirstOrDefault(
            cookie => cookie.StartsWith(Affinity + "=", StringComparison.Ordinal))?[(Affinity.Length + 1)..];

    [GeneratedRegex(
        "\n(POST|PATCH|PUT|DELETE) [^\r\n]+ HTTP/1\\.1\r?\n",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WritingPart();
}
