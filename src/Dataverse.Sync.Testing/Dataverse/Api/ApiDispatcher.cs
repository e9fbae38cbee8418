namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Dispatches a request below the service root to its endpoint, and converts refusals into error bodies.
/// </summary>
internal sealed class ApiDispatcher
{
    private const int MaxUrlLength = 32_768;
    private const int MaxUrlLengthInBatch = 65_536;

    private readonly DataverseWriteRules rules;
    private readonly PathEndpoint paths;
    private readonly BulkEndpoint bulk;
    private readonly BatchEndpoint batches;
    private readonly MergeEndpoint merges;
    private readonly BulkDeleteEndpoint deletions;

    public ApiDispatcher(
        DataverseEmulatorOptions options, DataverseWriteRules rules, DeltaTokenExpiry expiry, DataverseRowWriter writer)
    {
        var evaluation = new QueryEvaluation(options);
        var rows = new RowEndpoint(options, writer, evaluation);
        var collections = new CollectionQuery(options, evaluation, new PageEnds());
        this.rules = rules;
        paths = new PathEndpoint(rows, collections, new DeltaQuery(evaluation, collections, expiry), rules);
        bulk = new BulkEndpoint(options, writer, rows);
        merges = new MergeEndpoint(writer, rows);
        deletions = new BulkDeleteEndpoint(writer);
        batches = new BatchEndpoint(options, part => Guarded(part, DispatchPart));
    }

    public EmulatorResponse Handle(ApiRequest request) => Guarded(request, Dispatch);

    private static EmulatorResponse Guarded(ApiRequest request, Func<ApiRequest, EmulatorResponse> handle)
    {
        try
        {
            return handle(request);
        }
        catch (DataverseErrorException error)
        {
            return DataverseResponses.Error(error, request.Prefer.Annotations);
        }
        catch (ODataQueryException refusal)
        {
            return DataverseResponses.Error(QueryEvaluation.Refusal(refusal), request.Prefer.Annotations);
        }
    }

    private EmulatorResponse Dispatch(ApiRequest request)
    {
        CheckLength(request, MaxUrlLength);
        if (request.Resource != "$batch")
        {
            return DispatchResource(request);
        }

        return request.Method == "POST"
            ? batches.Handle(request)
            : throw DataverseErrors.MethodNotAllowed(request.Method);
    }

    private EmulatorResponse DispatchPart(ApiRequest part)
    {
        CheckLength(part, MaxUrlLengthInBatch);
        return part.Resource == "$batch"
            ? throw DataverseErrors.BadQuery("A batch may not contain a batch.")
            : DispatchResource(part);
    }

    private EmulatorResponse DispatchResource(ApiRequest written)
    {
        var request = written with { Resource = PathAliases.Resolve(written.Resource, written.Options) };
        OptionRules.CheckEmulated(request);
        if (MetadataEndpoint.Handle(request) is { } metadata)
        {
            return metadata;
        }

        if (FunctionEndpoint.Handle(request, rules) is { } function)
        {
            return function;
        }

        if (CustomizationEndpoint.Handle(request) is { } customization)
        {
            return customization;
        }

        if (request.Resource == "Merge")
        {
            OptionRules.None(request);
            return merges.Handle(request);
        }

        if (request.Resource == BulkDeleteEndpoint.Name)
        {
            return deletions.Handle(request);
        }

        if (BulkMessage(request.Resource) is not var (set, message))
        {
            return paths.Handle(request);
        }

        OptionRules.None(request);
        if (request.Method != "POST")
        {
            return DataverseResponses.NoSuchRoute(request.Root + request.Resource);
        }

        return request.Store.Schema.TryGetBySet(set, out var table)
            ? bulk.Handle(request, table, message)
            : throw DataverseErrors.UnknownSegment(set);
    }

    private static (string Set, string Message)? BulkMessage(string resource)
    {
        const string Prefix = "/" + DataverseSchema.Namespace + ".";
        var at = resource.IndexOf(Prefix, StringComparison.Ordinal);
        return at > 0
            && resource[(at + Prefix.Length)..] is "CreateMultiple" or "UpdateMultiple" or "UpsertMultiple"
                or "DeleteMultiple"
            ? (resource[..at], resource[(at + Prefix.Length)..])
            : null;
    }

    private static void CheckLength(ApiRequest request, int limit)
    {
        if (request.Root.Length + request.Resource.Length + request.RawQuery.Length > limit)
        {
            throw new DataverseErrorException(414, "0x0", "The request URI is too long.");
        }
    }
}
