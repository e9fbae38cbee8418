namespace Dataverse.Sync.HttpHarness;

/// <summary>The end of the line at which a process sends its requests to one service.</summary>
internal sealed class LineHandler(FaultyLine line, EngineProcess process, SyncSide side) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var letter = await Letter.CopyAsync(side, request, cancellationToken);
        if (await process.GateAsync() && letter.CreatesInBusinessCentral)
        {
            // A request that was handed over before the suspension finds its connection closed after it.
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke.");
        }

        var response = await line.CarryAsync(process, letter, cancellationToken);
        _ = await process.GateAsync();
        response.RequestMessage = request;
        return response;
    }
}
