using System.Globalization;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Counts the requests and the execution time of each user and web server, and refuses requests over the limits.
/// </summary>
internal sealed class ThrottleGate(DataverseServiceProtection limits, TimeProvider time)
{
    private const int MaxDoublings = 4;

    private readonly Lock gate = new();
    private readonly Dictionary<(Guid User, int Server), Budget> budgets = [];
    private int nextServer = -1;

    /// <summary>The server that the cookie names, otherwise the next one in turn.</summary>
    public int ChooseServer(string? affinity)
    {
        var servers = Math.Max(1, limits.WebServers);
        if (int.TryParse(affinity, NumberStyles.None, CultureInfo.InvariantCulture, out var sticky) && sticky < servers)
        {
            return sticky;
        }

        return (int)((uint)Interlocked.Increment(ref nextServer) % (uint)servers);
    }

    /// <summary>Admits a request or refuses it. Call <see cref="Leave"/> for every admitted request.</summary>
    public void Enter(Guid user, int server)
    {
        lock (gate)
        {
            var budget = BudgetOf(user, server);
            if (Reached(budget) is not var (code, message))
            {
                budget.Refusals = 0;
                budget.Running++;
                budget.Started.Enqueue(time.GetUtcNow());
                return;
            }

            var wait = limits.RetryAfter * Math.Pow(2, Math.Min(budget.Refusals++, MaxDoublings));
            wait = wait < limits.Window ? wait : limits.Window;
            throw new DataverseErrorException(429, code, message) { RetryAfter = (int)Math.Ceiling(wait.TotalSeconds) };
        }
    }

    public void Leave(Guid user, int server, TimeSpan executionTime)
    {
        lock (gate)
        {
            var budget = BudgetOf(user, server);
            budget.Running--;
            budget.Finished.Enqueue((time.GetUtcNow(), executionTime));
            budget.ExecutionTime += executionTime;
        }
    }

    /// <summary>What is left of both budgets.</summary>
    public (int Requests, TimeSpan Time) Remaining(Guid user, int server)
    {
        lock (gate)
        {
            var budget = BudgetOf(user, server);
            var left = limits.MaxExecutionTime - budget.ExecutionTime;
            return (Math.Max(0, limits.MaxRequests - budget.Started.Count), left > TimeSpan.Zero
                ? left
                : TimeSpan.Zero);
        }
    }

    private (string Code, string Message)? Reached(Budget budget)
    {
        var seconds = limits.Window.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        if (budget.Running >= limits.MaxConcurrentRequests)
        {
            return ("0x80072326", $"Number of concurrent requests exceeded the limit of {limits.MaxConcurrentRequests}.");
        }

        if (budget.Started.Count >= limits.MaxRequests)
        {
            return (
                "0x80072322",
                $"Number of requests exceeded the limit of {limits.MaxRequests} over time window of {seconds} seconds.");
        }

        if (budget.ExecutionTime < limits.MaxExecutionTime)
        {
            return null;
        }

        var milliseconds = limits.MaxExecutionTime.TotalMilliseconds.ToString("N0", CultureInfo.InvariantCulture);
        return (
            "0x80072321",
            $"Combined execution time of incoming requests exceeded limit of {milliseconds} milliseconds "
            + $"over time window of {seconds} seconds. "
            + "Decrease the number of concurrent requests or reduce their duration.");
    }

    private Budget BudgetOf(Guid user, int server)
    {
        if (!budgets.TryGetValue((user, server), out var budget))
        {
            budgets[(user, server)] = budget = new Budget();
        }

        var start = time.GetUtcNow() - limits.Window;
        while (budget.Started.TryPeek(out var started) && started <= start)
        {
            _ = budget.Started.Dequeue();
        }

        while (budget.Finished.TryPeek(out var finished) && finished.At <= start)
        {
            budget.ExecutionTime -= budget.Finished.Dequeue().Cost;
        }

        return budget;
    }

    private sealed class Budget
    {
        public Queue<DateTimeOffset> Started { get; } = new();

        public Queue<(DateTimeOffset At, TimeSpan Cost)> Finished { get; } = new();

        public int Running { get; set; }

        public int Refusals { get; set; }

        public TimeSpan ExecutionTime { get; set; }
    }
}
