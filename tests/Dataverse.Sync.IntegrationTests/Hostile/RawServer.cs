using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>Answers every connection with bytes as they stand, HTTP or not.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<NetworkStream, CancellationToken, Task> answer;
    private readonly Task accepting;
    private int connections;
    private long bytesSent;

    private RawServer(Func<RawServer, NetworkStream, CancellationToken, Task> answer)
    {
        this.answer = (stream, token) => answer(this, stream, token);
        listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public int Connections => Volatile.Read(ref connections);

    public long BytesSent => Interlocked.Read(ref bytesSent);

    /// <summary>Answers with the head and the body and closes.</summary>
    public static RawServer Answering(string head, byte[] body) => new(async (server, stream, token) =>
    {
        await server.SendAsync(stream, Encoding.Latin1.GetBytes(head.ReplaceLineEndings("\r\n") + "\r\n\r\n"), token);
        await server.SendAsync(stream, body, token);
    });

    /// <summary>Answers with the head, and then with one piece after the other until the client hangs up.</summary>
    public static RawServer Streaming(string head, byte[] piece) => new(async (server, stream, token) =>
    {
        await server.SendAsync(stream, Encoding.Latin1.GetBytes(head.ReplaceLineEndings("\r\n") + "\r\n\r\n"), token);
        while (true)
        {
            await server.SendAsync(stream, piece, token);
        }
    });

    /// <summary>Answers with the head and the beginning of a body, and then with nothing any more.</summary>
    /// <param name="head">The head.</param>
    /// <param name="begin">The beginning of the body.</param>
    /// <param name="isSent">Completed once that was sent.</param>
    public static RawServer Stalling(string head, string begin, TaskCompletionSource isSent) => new(async (server, stream, token) =>
    {
        await server.SendAsync(stream, Encoding.Latin1.GetBytes(head.ReplaceLineEndings("\r\n") + "\r\n\r\n" + begin), token);
        _ = isSent.TrySetResult();
        await ReadToEndAsync(stream, token);
    });

    public async ValueTask DisposeAsync()
    {
        // Nobody may be about to accept when the listener stops.
        await stop.CancelAsync();
        await accepting;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task SendAsync(NetworkStream stream, byte[] bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken);
        _ = Interlocked.Add(ref bytesSent, bytes.Length);
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = Interlocked.Increment(ref connections);
                open.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                await ReadHeadAsync(stream);
                await answer(stream, stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
                await ReadToEndAsync(stream, stop.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
                // The client hung up, which is what it should do.
            }
        }
    }

    /// <summary>Reads what is left of the request, until the client has read everything and hangs up.</summary>
    private static async Task ReadToEndAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        while (await stream.ReadAsync(buffer, cancellationToken) > 0)
        {
            // Only the end is of interest.
        }
    }

    private async Task ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, stop.Token) is > 0 and var read)
        {
            _ = head.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
    }
}
