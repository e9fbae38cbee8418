using Microsoft.AspNetCore.Http;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Writes responses to the network.</summary>
internal static class ResponseWriter
{
    // No power of two, so that pieces end within characters and tokens.
    private const int PieceLength = 4_099;

    /// <summary>Writes a response.</summary>
    /// <param name="context">The request.</param>
    /// <param name="response">The response.</param>
    /// <param name="inPieces">Whether the body is sent piece by piece, without its length.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public static async Task WriteAsync(
        HttpContext context, EmulatorResponse response, bool inPieces, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = response.Status;
        foreach (var (name, value) in response.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (response.Status is 204 or 304)
        {
            return;
        }

        if (!inPieces)
        {
            context.Response.ContentLength = response.Body.Length;
        }

        if (context.Request.Method == "HEAD")
        {
            return;
        }

        if (!inPieces)
        {
            await context.Response.Body.WriteAsync(response.Body, cancellationToken).ConfigureAwait(false);
            return;
        }

        for (var at = 0; at < response.Body.Length; at += PieceLength)
        {
            var piece = response.Body.Slice(at, Math.Min(PieceLength, response.Body.Length - at));
            await context.Response.Body.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
