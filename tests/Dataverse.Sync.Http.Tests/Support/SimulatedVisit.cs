using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Http.Tests;

/// <summary>One request at a simulated service.</summary>
internal abstract class SimulatedVisit
{
    /// <summary>Whether the request waits in the service's queue.</summary>
    public virtual bool IsQueued => false;

    public abstract bool IsRefused { get; }

    /// <summary>The pause that a refusal asks for.</summary>
    public virtual TimeSpan? RetryAfter => null;

    /// <summary>Ends the request, refused ones too, and tells what the answer's headers say.</summary>
    public abstract ServiceReport End(TimeSpan executionTime);
}
