using System.Text;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>Changes the text of answers on their way, as a broken or hostile service would.</summary>
internal sealed class RewritingHandler(Func<string, string> rewrite) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var type = response.Content.Headers.ContentType;
        response.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(rewrite(text)));
        response.Content.Headers.ContentType = type;
        return response;
    }
}
