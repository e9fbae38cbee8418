namespace Dataverse.Sync.Shared;

/// <summary>A request's leave to be under way; disposing it says that the request is over.</summary>
internal sealed class RequestPass(
    RequestGovernor governor, long number, int weight, double expectedSeconds, TimeSpan admittedAt) : IDisposable
{
    private int isOver;

    /// <summary>The place in the order of admission.</summary>
    public long Number => number;

    public int Weight => weight;

    /// <summary>How long the request was expected to take when it was admitted.</summary>
    public double ExpectedSeconds => expectedSeconds;

    public TimeSpan AdmittedAt => admittedAt;

    /// <summary>What the answer told; null while there is none.</summary>
    public ServiceReport? Report { get; set; }

    public bool IsRefused { get; private set; }

    /// <summary>The service refuses to serve the user for now: every request waits.</summary>
    /// <param name="wish">The pause that the service asks for.</param>
    /// <param name="isOverLimit">Whether the user's limits are the reason, and not the service's own state.</param>
    public void Refuse(TimeSpan? wish, bool isOverLimit)
    {
        IsRefused = true;
        governor.Refuse(this, wish, isOverLimit);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isOver, 1) == 0)
        {
            governor.Leave(this);
        }
    }
}
