using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Http.Tests;

/// <summary>A request at the emulator's throttle of Dataverse.</summary>
internal sealed class GateVisit : SimulatedVisit
{
    private static readonly Guid User = new("00000000-0000-4000-8000-000000000001");

    private readonly ThrottleGate gate;
    private readonly int server;
    private readonly int? recommended;

    public GateVisit(ThrottleGate gate, int server, int? recommended = null)
    {
        (this.gate, this.server, this.recommended) = (gate, server, recommended);
        try
        {
            gate.Enter(User, server);
        }
        catch (DataverseErrorException refusal)
        {
            RetryAfter = TimeSpan.FromSeconds(refusal.RetryAfter!.Value);
        }
    }

    public override bool IsRefused => RetryAfter is not null;

    public override TimeSpan? RetryAfter { get; }

    public override ServiceReport End(TimeSpan executionTime)
    {
        // As the emulator does: the headers are written before the time of the request itself is counted.
        var (requests, time) = gate.Remaining(User, server);
        if (!IsRefused)
        {
            gate.Leave(User, server, executionTime);
        }

        return new ServiceReport { IsServed = true, Concurrency = recommended, Server = $"server {server}", Remaining = [requests, time.TotalSeconds] };
    }
}
