using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>Executes messages by their names.</summary>
internal sealed class MessageDispatcher
{
    private static readonly string[] Writes =
        ["Create", "Update", "Delete", "CreateMultiple", "UpdateMultiple", "UpsertMultiple", "Upsert", "ExecuteTransaction"];

    private readonly Dictionary<string, Func<OrganizationRequest, MessageContext, OrganizationResponse>> handlers;
    private readonly BatchMessages batches;

    public MessageDispatcher(DataverseBackend backend, EmulatedServiceOptions options)
    {
        var writer = new EntityWriter(options);
        var rows = new RowMessages(backend, options, writer);
        var bulk = new BulkMessages(backend);
        var queries = new QueryMessages(backend, options, writer);
        var changes = new ChangeMessages(backend, options, writer);
        var callers = new CallerMessages(backend);
        var customization = new CustomizationMessages(backend);
        batches = new BatchMessages(backend.Options, Answer);
        handlers = new(StringComparer.Ordinal)
        {
            ["Create"] = rows.Create,
            ["Update"] = rows.Update,
            ["Delete"] = rows.Delete,
            ["Retrieve"] = rows.Retrieve,
            ["CreateMultiple"] = bulk.Create,
            ["UpdateMultiple"] = bulk.Update,
            ["RetrieveMultiple"] = queries.Retrieve,
            ["RetrieveEntityChanges"] = changes.Retrieve,
            ["RetrieveEntity"] = MetadataMessages.Retrieve,
            ["InsertOptionValue"] = customization.InsertOption,
            ["PublishXml"] = customization.Publish,
            ["WhoAmI"] = callers.WhoAmI,
            ["RetrieveVersion"] = CallerMessages.Version,
            ["RetrieveUserPrivileges"] = callers.Privileges,
            ["RetrievePrincipalAttributePrivileges"] = CallerMessages.ColumnRights,
            ["ExecuteMultiple"] = batches.ExecuteMultiple,
        };
    }

    /// <summary>Whether a request asks for a change.</summary>
    public static bool IsWrite(OrganizationRequest request) =>
        Writes.Contains(request.RequestName)
        || (request.RequestName == "ExecuteMultiple"
            && request.Parameters.TryGetValue("Requests", out OrganizationRequestCollection requests)
            && requests.Any(IsWrite));

    /// <summary>Executes a message.</summary>
    public OrganizationAnswer Answer(OrganizationRequest request, MessageContext context)
    {
        try
        {
            return request.RequestName == "ExecuteTransaction"
                ? batches.ExecuteTransaction(request, context)
                : OrganizationAnswer.Of(Execute(request, context));
        }
        catch (DataverseErrorException refusal)
        {
            return OrganizationAnswer.Of(refusal);
        }
        catch (ODataQueryException refusal)
        {
            return OrganizationAnswer.Of(QueryEvaluation.Refusal(refusal));
        }
    }

    private OrganizationResponse Execute(OrganizationRequest request, MessageContext context)
    {
        if (!handlers.TryGetValue(request.RequestName ?? string.Empty, out var handle))
        {
            throw Refusals.NotEmulated($"the message '{request.RequestName}'");
        }

        var response = handle(request, context);
        response.ResponseName = request.RequestName;
        return response;
    }
}
