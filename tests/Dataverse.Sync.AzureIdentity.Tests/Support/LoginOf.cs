using Azure.Core.Pipeline;
using Azure.Identity;

namespace Dataverse.Sync.AzureIdentity.Tests;

/// <summary>A client secret whose login service is the token endpoint of an emulator.</summary>
internal sealed class LoginOf(Uri emulator) : DelegatingHandler(new SocketsHttpHandler())
{
    public static ClientSecretCredential Secret(Uri emulator)
    {
        var settings = new ClientSecretCredentialOptions
        {
            Transport = new HttpClientTransport(new LoginOf(emulator)),
            DisableInstanceDiscovery = true,
        };
        return new ClientSecretCredential($"{Guid.NewGuid()}", $"{Guid.NewGuid()}", "word", settings);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new Uri(emulator, request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
