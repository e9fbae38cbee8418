using System.Text.Json.Nodes;
using System.Threading.Channels;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

/// <summary>A web server that takes notifications.</summary>
internal sealed class NotificationReceiver : IEmulatorService, IAsyncDisposable
{
    private readonly Channel<JsonObject> bodies = Channel.CreateUnbounded<JsonObject>();
    private EmulatorHost host = null!;

    public Uri Url => new(host.Origin, "hook");

    /// <summary>Whether validation requests get their token back.</summary>
    public bool ShakesHands { get; set; } = true;

    /// <summary>Answers to the next notifications; 200 when there are no more.</summary>
    public Queue<int> Statuses { get; } = new();

    public int Handshakes { get; private set; }

    public static async Task<NotificationReceiver> StartAsync()
    {
        var receiver = new NotificationReceiver();
        receiver.host = await EmulatorHost.StartAsync(
            receiver, new RequestLog(), new FaultPlan(), TimeProvider.System, new EmulatorTransport(), CancellationToken.None);
        return receiver;
    }

    public async Task<JsonObject[]> NextAsync()
    {
        var body = await bodies.Reader.ReadAsync();
        return [.. body["value"]!.AsArray().Select(entry => entry!.AsObject())];
    }

    public bool IsWrite(EmulatorRequest request) => false;

    public Task<EmulatorResponse> HandleAsync(EmulatorRequest request, CancellationToken cancellationToken)
    {
        if (QueryOptions.Parse(request.Query).TryGetValue("validationToken", out var token))
        {
            Handshakes++;
            return Task.FromResult(EmulatorResponse.Text(200, "text/plain", ShakesHands ? token : "no"));
        }

        var status = Statuses.Count > 0 ? Statuses.Dequeue() : 200;
        bodies.Writer.TryWrite(JsonNode.Parse(request.Body.Span)!.AsObject()).Should().BeTrue();
        return Task.FromResult(EmulatorResponse.Text(status, "text/plain", ""));
    }

    public EmulatorResponse Refuse(EmulatorRequest request, int status, string? errorCode, string? errorText) =>
        EmulatorResponse.Text(status, "text/plain", "");

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
