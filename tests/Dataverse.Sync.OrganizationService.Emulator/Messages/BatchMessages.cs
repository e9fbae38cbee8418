using System.Text;
using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>ExecuteMultiple, whose requests are independent, and ExecuteTransaction, which is all or nothing.</summary>
internal sealed class BatchMessages(
    DataverseEmulatorOptions options, Func<OrganizationRequest, MessageContext, OrganizationAnswer> answer)
{
    public OrganizationResponse ExecuteMultiple(OrganizationRequest request, MessageContext context)
    {
        request.Allow("Requests", "Settings");
        if (context.IsPart)
        {
            throw DataverseErrors.InvalidArgument("ExecuteMultiple cannot be nested.");
        }

        var requests = Requests(request);
        var settings = request.Require<ExecuteMultipleSettings>("Settings");
        var items = new ExecuteMultipleResponseItemCollection();
        var isFaulted = false;
        for (var index = 0; index < requests.Count; index++)
        {
            var part = Run(requests[index], context with { IsPart = true });
            isFaulted |= part.Response is null;
            if (part.Response is null || settings.ReturnResponses)
            {
                items.Add(new ExecuteMultipleResponseItem
                {
                    RequestIndex = index,
                    Response = part.Response,
                    Fault = part.Response is null ? part.PausedFault() : null,
                });
            }

            if (part.Response is null && !settings.ContinueOnError)
            {
                break;
            }
        }

        return new ExecuteMultipleResponse { Results = { ["IsFaulted"] = isFaulted, ["Responses"] = items } };
    }

    public OrganizationAnswer ExecuteTransaction(OrganizationRequest request, MessageContext context)
    {
        request.Allow("Requests", "ReturnResponses");
        var requests = Requests(request);
        var responses = new OrganizationResponseCollection();
        try
        {
            _ = context.Session.Write(transaction =>
            {
                var within = context with { Session = context.Session.Within(transaction), IsPart = true };
                for (var index = 0; index < requests.Count; index++)
                {
                    responses.Add(Step(requests[index], within, index));
                }

                return true;
            });
        }
        catch (TransactionFailedException failed)
        {
            return OrganizationAnswer.Of(failed.Status, failed.Fault);
        }

        var response = new ExecuteTransactionResponse { ResponseName = "ExecuteTransaction" };
        if (request.ValueOf<bool>("ReturnResponses"))
        {
            response.Results["Responses"] = responses;
        }

        return OrganizationAnswer.Of(response);
    }

    private OrganizationAnswer Run(OrganizationRequest request, MessageContext context)
    {
        var call = OrganizationCall.Of(request);
        return context.Faults is { } faults
            ? (OrganizationAnswer)faults.Run(MethodOf(request), call.PathAndQuery, call.Body, () => answer(request, context))
            : answer(request, context);
    }

    // The faults tell writes from reads by the verb.
    private static string MethodOf(OrganizationRequest request) => MessageDispatcher.IsWrite(request) ? "POST" : "GET";

    private OrganizationResponse Step(OrganizationRequest request, MessageContext context, int index)
    {
        if (request.RequestName is "ExecuteTransaction" or "ExecuteMultiple")
        {
            throw DataverseErrors.InvalidArgument("ExecuteTransaction cannot hold another batch.");
        }

        var step = answer(request, context);
        return step.Response ?? throw new TransactionFailedException(step, index);
    }

    private OrganizationRequestCollection Requests(OrganizationRequest request)
    {
        const string Limit = "MaxBatchSize";
        var requests = request.Require<OrganizationRequestCollection>("Requests");
        return requests.Count <= options.MaxBatchRequests
            ? requests
            : throw new MessageRefusal(
                "0x80040203",
                $"The batch size exceeds the maximum batch size of {options.MaxBatchRequests}.",
                new Dictionary<string, object> { [Limit] = options.MaxBatchRequests });
    }
}
