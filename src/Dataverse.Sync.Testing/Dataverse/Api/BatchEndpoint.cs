using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Executes a batch in order. The first error ends it, unless the client asked to continue. Each change set is one
/// transaction.
/// </summary>
internal sealed class BatchEndpoint(DataverseEmulatorOptions options, Func<ApiRequest, EmulatorResponse> dispatch)
{
    private readonly BatchReader reader = new(options.MaxBatchRequests);

    public EmulatorResponse Handle(ApiRequest request)
    {
        var writer = new MultipartWriter("batchresponse");
        var status = 200;
        foreach (var item in reader.Read(request))
        {
            var failed = item.IsChangeSet
                ? RunChangeSet(request, item, writer)
                : RunSingle(request, item.Requests[0], writer);
            if (failed is null || request.Prefer.ContinueOnError)
            {
                continue;
            }

            status = failed.Value;
            break;
        }

        var response = writer.Finish(status);
        return request.Prefer.ContinueOnError
            ? response.WithHeader("Preference-Applied", "odata.continue-on-error")
            : response;
    }

    private int? RunSingle(ApiRequest batch, BatchRequest part, MultipartWriter writer)
    {
        EmulatorResponse Handle() => Run(batch, part, part.IsRead ? batch.Session.OnReplica() : batch.Session, contentIds: null);
        var response = batch.Faults?.Run(part.Method, part.Url, part.Body, Handle) ?? Handle();
        writer.Add(response, part.Id);
        return response.Status >= 400 ? response.Status : null;
    }

    private int? RunChangeSet(ApiRequest batch, BatchItem item, MultipartWriter writer)
    {
        if (item.Requests.Count == 0)
        {
            writer.Add(new MultipartWriter("changesetresponse"));
            return null;
        }

        List<EmulatorResponse>? responses = null;
        string? contentId = null;
        var first = item.Requests[0];
        var failure = batch.Faults?.Run(first.Method, first.Url, first.Body, Handle) ?? Handle();
        if (failure.Status >= 400 || responses is null)
        {
            writer.Add(failure, contentId);
            return failure.Status;
        }

        var nested = new MultipartWriter("changesetresponse");
        foreach (var (part, response) in item.Requests.Zip(responses))
        {
            nested.Add(response, part.Id);
        }

        writer.Add(nested);
        return null;

        // The last response of a change set that succeeded, or the one that made it fail.
        EmulatorResponse Handle()
        {
            try
            {
                contentId = null;
                responses = batch.Session.Write(
                    transaction => RunAll(batch, item.Requests, batch.Session.Within(transaction)));
                return responses[^1];
            }
            catch (ChangeSetFailedException failed)
            {
                contentId = failed.ContentId;
                return failed.Response;
            }
            catch (DataverseErrorException error)
            {
                return DataverseResponses.Error(error);
            }
        }
    }

    private List<EmulatorResponse> RunAll(ApiRequest batch, IReadOnlyList<BatchRequest> parts, DataverseSession session)
    {
        var responses = new List<EmulatorResponse>();
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            if (part.Id is not { } id)
            {
                throw DataverseErrors.BadQuery("Every request of a change set needs a Content-ID.");
            }

            if (part.Method == "GET")
            {
                throw DataverseErrors.BadQuery("A change set may not contain a GET request.");
            }

            var response = Run(batch, part, session, rows);
            if (response.Status >= 400)
            {
                throw new ChangeSetFailedException(response, id);
            }

            responses.Add(response);
            if (RowUrl(batch, part, response) is { } url)
            {
                rows[id] = url;
            }
        }

        return responses;
    }

    private EmulatorResponse Run(
        ApiRequest batch, BatchRequest part, DataverseSession session, Dictionary<string, string>? contentIds)
    {
        try
        {
            var url = Resolve(part.Url, contentIds);
            return dispatch(ApiRequestFactory.Create(batch.Root, url, part, session, contentIds));
        }
        catch (DataverseErrorException error)
        {
            return DataverseResponses.Error(error);
        }
        catch (ODataQueryException refusal)
        {
            return DataverseResponses.Error(QueryEvaluation.Refusal(refusal));
        }
    }

    private static string Resolve(string url, Dictionary<string, string>? contentIds)
    {
        if (!url.StartsWith('$') || url.StartsWith("$batch", StringComparison.Ordinal))
        {
            return url;
        }

        var end = url.IndexOf('/', StringComparison.Ordinal);
        var id = end < 0 ? url[1..] : url[1..end];
        return contentIds is not null && contentIds.TryGetValue(id, out var row)
            ? row + (end < 0 ? "" : url[end..])
            : throw DataverseErrors.BadPayload($"Content-ID Reference: '${id}' does not exist in the batch context.");
    }

    // The response to a create that returns the row does not contain its URL.
    private static string? RowUrl(ApiRequest batch, BatchRequest part, EmulatorResponse response)
    {
        if (response.Headers.TryGetValue("OData-EntityId", out var url))
        {
            return url;
        }

        if (response.Status != 201)
        {
            return null;
        }

        var set = part.Url[(part.Url.LastIndexOf('/') + 1)..].Split('?', '(')[0];
        if (!batch.Store.Schema.TryGetBySet(set, out var table))
        {
            return null;
        }

        using var row = JsonDocument.Parse(response.Body);
        return $"{batch.Root}{set}({row.RootElement.GetProperty(table.Key).GetString()})";
    }

    private sealed class ChangeSetFailedException(EmulatorResponse response, string contentId) : Exception
    {
        public EmulatorResponse Response { get; } = response;

        public string ContentId { get; } = contentId;
    }
}
