using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Http.Tests;

/// <summary>What the service did in one window of a load.</summary>
internal sealed class SimulatedWindow
{
    /// <summary>The weight of the load's requests that were let in.</summary>
    public double Requests { get; set; }

    /// <summary>The seconds of the load's requests that ended.</summary>
    public double Seconds { get; set; }

    /// <summary>The weight of the other client's requests that were let in.</summary>
    public double Others { get; set; }

    /// <summary>The load's requests that were refused.</summary>
    public int Refused { get; set; }

    /// <summary>The longest queue before the service.</summary>
    public int Queued { get; set; }

    public override string ToString() => FormattableString.Invariant($"requests {Requests}, seconds {Seconds:0.#}, others {Others}, 429s {Refused}, queued {Queued}");
}
