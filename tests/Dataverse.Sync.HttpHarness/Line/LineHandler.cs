namespace Dataverse.Sync.HttpHarness;

/// <summary>The end of the line at which a process sends its requests to one service.</summary>
internal sealed class LineHandler(FaultyLine line, EngineProcess process, SyncSide side) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await process.GateAsync();
        var letter = await Letter.CopyAsync(side, request, cancellationToken);
        var response = await line.CarryAsync(process, letter, cancellationToken);
        await process.GateAsync();
        response.RequestMessage = request;
        return response;
    }
}
