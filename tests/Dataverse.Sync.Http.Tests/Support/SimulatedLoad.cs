using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Http.Tests;

/// <summary>A bulk load: workers that send one request after the other for some windows.</summary>
internal sealed record SimulatedLoad
{
    public required HttpConnectionSettings Settings { get; init; }

    /// <summary>The service: called when a request of a weight arrives.</summary>
    public required Func<int, SimulatedVisit> Arrive { get; init; }

    public required TimeSpan Window { get; init; }

    public int Windows { get; init; } = 6;

    public int Workers { get; init; } = 20;

    /// <summary>The processes among which the workers are divided. Each has a governor of its own and knows nothing of the others.</summary>
    public int Processes { get; init; } = 1;

    public int Weight { get; init; } = 1;

    /// <summary>How long the service works on a request at least and at most.</summary>
    public (TimeSpan Least, TimeSpan Most) Duration { get; init; } = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(150));

    /// <summary>How long a request is on its way at most.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Requests a second that another client of the account sends, since a window before the load begins.</summary>
    public double OtherRate { get; init; }

    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(10);

    public int Seed { get; init; } = 1;
}
