namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// What every request to the organization passes, whatever the protocol: the service protection limits, the deadlocks of
/// requests that run at the same time, and the latency.
/// </summary>
internal sealed class RequestAdmission(
    DataverseEmulatorOptions options, DataverseStore store, DataverseWriteRules rules, DataverseSecurity security)
{
    private readonly ThrottleGate throttle = new(options.ServiceProtection, options.TimeProvider);
    private readonly RowsInFlight? inFlight = options.DeadlockOnConcurrentWrites
        ? new RowsInFlight(options.SqlErrorStatus)
        : null;

    /// <summary>The server that the cookie names, otherwise the next one in turn.</summary>
    public int ChooseServer(string? affinity) => throttle.ChooseServer(affinity);

    /// <summary>What is left of the budgets of an account on a server.</summary>
    public (int Requests, TimeSpan Time) Remaining(Guid account, int server) => throttle.Remaining(account, server);

    /// <summary>Admits a request.</summary>
    /// <returns>The request; dispose it when it is answered.</returns>
    /// <exception cref="DataverseErrorException">A limit is reached.</exception>
    public AdmittedRequest Enter(Guid account, int server)
    {
        throttle.Enter(account, server);
        var started = options.TimeProvider.GetTimestamp();
        return new AdmittedRequest(store, security, inFlight, session =>
        {
            var cost = options.ServiceProtection.RequestCost
                + (options.ServiceProtection.RowCost * (session?.RowWrites ?? 0));
            throttle.Leave(account, server, options.TimeProvider.GetElapsedTime(started) + cost);
        });
    }

    /// <summary>Waits as long as the service takes to answer.</summary>
    /// <param name="rows">The number of rows that the request wrote.</param>
    /// <param name="cancellationToken">A token that cancels the wait.</param>
    public Task WaitAsync(int rows, CancellationToken cancellationToken)
    {
        var latency = options.RequestLatency + (options.RowLatency * rows);
        return latency > TimeSpan.Zero
            ? Task.Delay(latency, options.TimeProvider, cancellationToken)
            : Task.CompletedTask;
    }

    /// <summary>Writes the rows again that the platform touches after a write.</summary>
    public void Bump(DataverseSession session)
    {
        foreach (var (table, id) in session.Touched.Distinct())
        {
            if (store.State.Find(table, id) is { } row && rules.IsBumped(row))
            {
                _ = store.Write(
                    session.Caller,
                    transaction => transaction.State.Find(table, id) is { } present ? transaction.Put(present, columns: null) : null);
            }
        }
    }
}
