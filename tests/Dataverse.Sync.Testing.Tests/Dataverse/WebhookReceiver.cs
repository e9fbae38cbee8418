using System.Text.Json.Nodes;
using System.Threading.Channels;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing.Tests;

/// <summary>A web server that takes posts of webhooks.</summary>
internal sealed class WebhookReceiver : IEmulatorService, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Channel<EmulatorRequest> posts = Channel.CreateUnbounded<EmulatorRequest>();
    private EmulatorHost host = null!;

    public Uri Url => new(host.Origin, "hook");

    /// <summary>Answers to the next posts; 200 when there are no more. Zero closes the connection.</summary>
    public Queue<int> Statuses { get; } = new();

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        receiver.host = await EmulatorHost.StartAsync(
            receiver, new RequestLog(), new FaultPlan(), TimeProvider.System, new EmulatorTransport(), CancellationToken.None);
        return receiver;
    }

    public async Task<EmulatorRequest> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await posts.Reader.ReadAsync(patience.Token);
    }

    public async Task<JsonObject> NextBodyAsync() => JsonNode.Parse((await NextAsync()).Body.Span)!.AsObject();

    public bool IsWrite(EmulatorRequest request) => false;

    public Task<EmulatorResponse> HandleAsync(EmulatorRequest request, CancellationToken cancellationToken)
    {
        posts.Writer.TryWrite(request).Should().BeTrue();
        return Task.FromResult(EmulatorResponse.Text(Statuses.Count > 0 ? Statuses.Dequeue() : 200, "text/plain", ""));
    }

    public EmulatorResponse Refuse(EmulatorRequest request, int status, string? errorCode, string? errorText) =>
        EmulatorResponse.Text(status, "text/plain", "");

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
