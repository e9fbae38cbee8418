using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Dataverse.Sync.PostgreSql.Tests;

/// <summary>A way to the server that a test can close: then all connections end, and new ones end at once.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly NpgsqlConnectionStringBuilder server = new(TestServer.ConnectionString);
    private readonly Lock gate = new();
    private readonly List<TcpClient> open = [];
    private readonly Task accepting;
    private bool isClosed;

    public Gate()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>The connection string by which the server is reached through the gate.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(server.ConnectionString)
    {
        Host = $"{IPAddress.Loopback}",
        Port = ((IPEndPoint)listener.LocalEndpoint).Port,
    }.ConnectionString;

    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            open.ForEach(client => client.Dispose());
            open.Clear();
        }
    }

    public void Open()
    {
        lock (gate)
        {
            isClosed = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        Close();
        await accepting;
        listener.Dispose();
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(ending.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(TcpClient inner)
    {
        var outer = new TcpClient();
        try
        {
            if (TryKeep(inner, outer))
            {
                await outer.ConnectAsync(server.Host!, server.Port, ending.Token);
                var (left, right) = (inner.GetStream(), outer.GetStream());
                _ = await Task.WhenAny(left.CopyToAsync(right, ending.Token), right.CopyToAsync(left, ending.Token));
            }
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException
            or InvalidOperationException)
        {
            // One of the ends has gone, or the gate was closed.
        }
        finally
        {
            inner.Dispose();
            outer.Dispose();
        }
    }

    private bool TryKeep(TcpClient inner, TcpClient outer)
    {
        lock (gate)
        {
            if (!isClosed)
            {
                open.AddRange([inner, outer]);
            }

            return !isClosed;
        }
    }
}
