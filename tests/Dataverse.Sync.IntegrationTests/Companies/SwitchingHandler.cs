namespace Dataverse.Sync.IntegrationTests.Companies;

/// <summary>An address behind which another service appears.</summary>
internal sealed class SwitchingHandler(HttpMessageHandler first, HttpMessageHandler second) : HttpMessageHandler
{
    private readonly HttpMessageInvoker before = new(first);
    private readonly HttpMessageInvoker after = new(second);

    public bool IsSwitched { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        (IsSwitched ? after : before).SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            before.Dispose();
            after.Dispose();
        }

        base.Dispose(disposing);
    }
}
