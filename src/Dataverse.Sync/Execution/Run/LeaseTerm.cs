namespace Dataverse.Sync.Execution;

/// <summary>How long a lease is valid, and for how long after its renewal requests may leave under it.</summary>
/// <param name="Duration">How long a lease is valid without a renewal.</param>
/// <param name="UncertainWriteWindow">How long a system may process a request whose response was lost.</param>
/// <param name="TimeProvider">The clocks.</param>
internal sealed record LeaseTerm(TimeSpan Duration, TimeSpan UncertainWriteWindow, TimeProvider TimeProvider)
{
    private static readonly TimeSpan ShortestBound = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long after a renewal a request may leave: three quarters of the lease, but with a long lease no longer than
    /// the uncertain write window, because a record with an uncertain insert waits for both.
    /// </summary>
    public TimeSpan WriteAllowance
    {
        get
        {
            var share = Duration * 0.75;
            var bound = UncertainWriteWindow > ShortestBound ? UncertainWriteWindow : ShortestBound;
            return share < bound ? share : bound;
        }
    }
}
