using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Sends requests as one <c>$batch</c>.</summary>
/// <param name="service">The connection.</param>
/// <param name="countsParts">Whether the service counts each part of a batch as a request.</param>
internal sealed class BatchSender(ServiceConnection service, bool countsParts)
{
    /// <summary>Sends a batch, to which nothing can be added afterwards. The caller handles its failure.</summary>
    /// <param name="apiRoot">The root of the API.</param>
    /// <param name="batch">The requests.</param>
    /// <param name="operation">The operation for messages.</param>
    /// <param name="isRepeatable">Whether the batch may be sent again after an unknown outcome.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <param name="deadline">The time after which the batch is not sent; null for no limit.</param>
    public Task<HttpOutcome> AttemptAsync(
        string apiRoot,
        BatchWriter batch,
        string operation,
        bool isRepeatable,
        CancellationToken cancellationToken,
        SendDeadline? deadline = null) =>
        service.AttemptAsync(
            new HttpCall
            {
                Method = HttpMethod.Post,
                Address = service.Addresses.Absolute(apiRoot, "$batch"),
                Operation = operation,
                Headers = [new("Accept", "application/json"), .. Prefer.Header(Prefer.ContinueOnError)],
                Body = batch.Complete(),
                ContentType = "application/json",
                IsRepeatable = isRepeatable,
                Deadline = deadline,
                Weight = countsParts ? batch.Count : 1,
            },
            cancellationToken);
}
