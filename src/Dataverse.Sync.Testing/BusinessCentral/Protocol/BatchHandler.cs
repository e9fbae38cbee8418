namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Executes batches in JSON or multipart form: up to 100 parts, in order. By default the first failure ends the batch,
/// and the preceding parts remain committed. With <c>Isolation: snapshot</c>, a failure rolls back all parts, although
/// the preceding parts still report success.
/// </summary>
internal sealed class BatchHandler(
    PageDispatcher dispatcher, TableCatalog catalog, BusinessCentralEmulatorOptions options)
{
    private const int MaxParts = 100;

    public EmulatorResponse Handle(ApiCall call)
    {
        try
        {
            return HandleParts(call, Parts(call));
        }
        catch (BusinessCentralException refusal)
        {
            return Replies.Error(refusal, call.RequestId);
        }
    }

    private static IReadOnlyList<BatchRequest> Parts(ApiCall call)
    {
        if (call.Method != "POST")
        {
            throw call.NotAllowed();
        }

        var parts = BatchBody.Read(call.Request);
        return parts.Count <= MaxParts
            ? parts
            : throw new BusinessCentralException(
                500, "Unknown",
                $"The batch request contains too many parts. The maximum number of parts is '{MaxParts}'.");
    }

    private EmulatorResponse HandleParts(ApiCall call, IReadOnlyList<BatchRequest> parts)
    {
        if (!IsSnapshot(call))
        {
            var answers = Run(call, parts, call.Session);
            return BatchBody.Write(call, answers) with { RowWrites = answers.Sum(answer => answer.Response.RowWrites) };
        }

        return call.Session.InOneTransaction(session =>
        {
            var answers = Run(call, parts, session);
            var isKept = answers.All(answer => answer.Response.Status < 400);
            var rows = isKept ? answers.Sum(answer => answer.Response.RowWrites) : 0;
            return (BatchBody.Write(call, answers) with { RowWrites = rows }, isKept);
        });
    }

    private List<BatchResponse> Run(ApiCall call, IReadOnlyList<BatchRequest> parts, Session session)
    {
        var continues = call.Prefers("odata.continue-on-error") || call.Prefers("continue-on-error");
        var answers = new List<BatchResponse>();
        foreach (var part in parts)
        {
            var response = Run(call, part, session);
            answers.Add(new BatchResponse(part.Id, response));
            if (response.Status >= 400 && !continues)
            {
                break;
            }
        }

        return answers;
    }

    private EmulatorResponse Run(ApiCall call, BatchRequest part, Session session)
    {
        EmulatorResponse Handle() => RunOne(call, part, session);
        return call.Request.Faults?.Run(part.Method, part.Url, part.Body, Handle) ?? Handle();
    }

    private EmulatorResponse RunOne(ApiCall call, BatchRequest part, Session session)
    {
        var requestId = Guid.NewGuid();
        try
        {
            var request = PartRequest.Of(part, call);
            var address = ApiAddress.Parse(request, options, catalog);
            return dispatcher.Handle(
                new ApiCall(request, address, SessionFor(request, session), requestId) { IsPart = true });
        }
        catch (BusinessCentralException refusal)
        {
            return Replies.Error(refusal, requestId);
        }
    }

    private static Session SessionFor(EmulatorRequest request, Session session) =>
        ReadIntent.IsReadOnly(request) ? session.OnReplica() : session;

    private static bool IsSnapshot(ApiCall call) =>
        (call.Header("Isolation") ?? call.Header("OData-Isolation"))?.Equals(
            "snapshot", StringComparison.OrdinalIgnoreCase) == true;
}
