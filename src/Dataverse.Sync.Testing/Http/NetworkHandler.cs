using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Makes handlers that reach an emulator over the network as production code reaches a service.</summary>
internal static class NetworkHandler
{
    /// <summary>Makes a handler.</summary>
    /// <param name="trusted">The only certificate that it trusts; null for a server without TLS.</param>
    public static SocketsHttpHandler Create(X509Certificate2? trusted)
    {
        var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        if (trusted is not null)
        {
            var expected = trusted.GetCertHashString(HashAlgorithmName.SHA256);
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null
                    && presented.GetCertHashString(HashAlgorithmName.SHA256) == expected,
            };
        }

        return handler;
    }
}
