namespace Dataverse.Sync.Shared;

/// <summary>
/// Decides when each request of one user to one service may go: first come, first served, within the concurrency that
/// the service bears and the amounts that it grants, and not while it asks for a pause.
/// </summary>
/// <remarks>Safe for concurrent use. Time is measured by the monotonic clock, from the governor's making.</remarks>
internal sealed class RequestGovernor
{
    /// <summary>The weight of the newest request in the running mean of durations.</summary>
    private const double NewestShare = 0.1;

    private const int MaxDoublings = 10;

    // The system's timers have no finer resolution.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly LinkedList<Waiter> waiting = new();
    private readonly TimeProvider timeProvider;
    private readonly long start;
    private readonly TimeSpan firstPause;
    private readonly TimeSpan longestPause;
    private readonly ConcurrencyLimit concurrency;
    private readonly IReadOnlyList<WindowLedger> ledgers;
    private readonly RequestMeasures? measures;
    private ITimer? timer;
    private TimeSpan wakesAt = TimeSpan.MaxValue;
    private TimeSpan pausedUntil;
    private TimeSpan usedAt;
    private double? meanSeconds;
    private long admitted;
    private long admittedAtRefusal;
    private int refusals;
    private int underWay;

    /// <summary>Creates a governor.</summary>
    /// <param name="settings">The limits.</param>
    /// <param name="origin">The scheme, host, and port of the service, for measurements; null to measure nothing.</param>
    public RequestGovernor(GovernorSettings settings, string? origin = null)
    {
        measures = origin is null ? null : new(origin);
        timeProvider = settings.TimeProvider;
        start = timeProvider.GetTimestamp();
        (firstPause, longestPause) = (settings.FirstPause, settings.LongestPause);
        concurrency = new ConcurrencyLimit(
            settings.StartConcurrency ?? settings.MaxConcurrency, settings.MaxConcurrency, settings.KeepsToHint);
        ledgers = [.. settings.Limits.Select(limit => new WindowLedger(limit))];
    }

    /// <summary>The requests that were admitted and are not over.</summary>
    public int UnderWay
    {
        get
        {
            lock (gate)
            {
                return underWay;
            }
        }
    }

    /// <summary>The requests that wait for their turn.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>How many requests may be under way now.</summary>
    public int Concurrency
    {
        get
        {
            lock (gate)
            {
                return concurrency.Current;
            }
        }
    }

    /// <summary>Whether nothing that was sent can count any more.</summary>
    public bool IsAtRest
    {
        get
        {
            lock (gate)
            {
                var now = Now();
                return underWay == 0 && waiting.Count == 0 && pausedUntil <= now && ledgers.All(ledger => usedAt + ledger.Window <= now);
            }
        }
    }

    /// <summary>Takes the smaller numbers over from another connection of the same user.</summary>
    public void Narrow(GovernorSettings settings)
    {
        lock (gate)
        {
            concurrency.Narrow(settings.MaxConcurrency);
            foreach (var (ledger, limit) in ledgers.Zip(settings.Limits))
            {
                ledger.Narrow(limit.Amount);
            }
        }
    }

    /// <summary>Waits until a request may go. The pass must be disposed when the request is over.</summary>
    public ValueTask<RequestPass> EnterAsync(int weight, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<RequestPass>(cancellationToken);
        }

        var waiter = new Waiter(weight);
        lock (gate)
        {
            waiting.AddLast(waiter.Node);
            Dispatch();
        }

        if (!waiter.Task.IsCompleted && cancellationToken.CanBeCanceled)
        {
            CancelWith(waiter, cancellationToken);
        }

        return new(waiter.Task);
    }

    /// <summary>Lets no request go for a time, as a part of an answer asked for.</summary>
    public void Pause(TimeSpan wish)
    {
        lock (gate)
        {
            PauseUntil(Now() + wish);
        }
    }

    /// <summary>How long no request may go, as the service asked; zero if it did not.</summary>
    public TimeSpan PausedFor
    {
        get
        {
            lock (gate)
            {
                var left = pausedUntil - Now();
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    internal void Leave(RequestPass pass)
    {
        measures?.CountRequest(pass.IsRefused);
        lock (gate)
        {
            underWay--;
            usedAt = Now();
            var seconds = (usedAt - pass.AdmittedAt).TotalSeconds;
            meanSeconds = meanSeconds is { } mean ? mean + ((seconds - mean) * NewestShare) : seconds;
            for (var index = 0; index < ledgers.Count; index++)
            {
                ledgers[index].Settle(pass, seconds, pass.Report?.Remaining[index], usedAt);
            }

            Judge(pass);
            Dispatch();
        }
    }

    internal void Refuse(RequestPass pass, TimeSpan? wish, bool isOverLimit)
    {
        lock (gate)
        {
            var now = Now();

            // What was under way at the last refusal says the same thing again.
            if (pass.Number > admittedAtRefusal)
            {
                admittedAtRefusal = admitted;
                refusals = Math.Min(refusals + 1, MaxDoublings);
                concurrency.Halve();
                foreach (var ledger in isOverLimit ? ledgers : [])
                {
                    ledger.Refuse(pass, now);
                }
            }

            var own = firstPause * Math.Pow(2, Math.Max(0, refusals - 1));
            own = own < longestPause ? own : longestPause;
            PauseUntil(now + (wish > own ? wish.Value : own));
        }
    }

    private void PauseUntil(TimeSpan time) => pausedUntil = time > pausedUntil ? time : pausedUntil;

    private void Judge(RequestPass pass)
    {
        if (pass.Report is not { } report)
        {
            return;
        }

        if (report.Concurrency is { } recommended)
        {
            concurrency.Recommend(recommended);
        }

        if (report.IsServed && !pass.IsRefused)
        {
            concurrency.Succeed();
            refusals = pass.Number > admittedAtRefusal ? 0 : refusals;
        }
    }

    private void CancelWith(Waiter waiter, CancellationToken cancellationToken)
    {
        var registration = cancellationToken.Register(Cancel);
        _ = waiter.Task.ContinueWith(
            _ => registration.Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);

        void Cancel()
        {
            lock (gate)
            {
                if (waiter.Node.List is null)
                {
                    return;
                }

                waiting.Remove(waiter.Node);
                Dispatch();
            }

            waiter.Cancel(cancellationToken);
        }
    }

    /// <summary>Admits from the head of the queue what may go, and sets the clock for the next.</summary>
    private void Dispatch()
    {
        var now = Now();
        while (waiting.First is { } head)
        {
            var seconds = meanSeconds ?? 0;
            var opensAt = OpensAt(head.Value.Weight, seconds, now);
            if (opensAt > now)
            {
                WakeAt(opensAt, now);
                return;
            }

            if (underWay >= concurrency.Current)
            {
                concurrency.Need();
                return;
            }

            waiting.RemoveFirst();
            underWay++;
            foreach (var ledger in ledgers)
            {
                ledger.Admit(ledger.CostOf(head.Value.Weight, seconds), now);
            }

            head.Value.Admit(new RequestPass(this, ++admitted, head.Value.Weight, seconds, now));
        }
    }

    private TimeSpan OpensAt(int weight, double seconds, TimeSpan now)
    {
        var opensAt = pausedUntil;
        foreach (var ledger in ledgers)
        {
            if (pausedUntil > now)
            {
                ledger.Hold();
            }

            var opening = ledger.OpensAt(ledger.CostOf(weight, seconds), now);
            opensAt = opening > opensAt ? opening : opensAt;
        }

        return opensAt;
    }

    private void WakeAt(TimeSpan time, TimeSpan now)
    {
        if (time == TimeSpan.MaxValue || (timer is not null && wakesAt == time))
        {
            return;
        }

        timer?.Dispose();
        wakesAt = time;
        var wait = time - now;
        wait = wait < ShortestWait ? ShortestWait : wait < LongestWait ? wait : LongestWait;
        timer = timeProvider.CreateTimer(static governor => ((RequestGovernor)governor!).Wake(), this, wait, Timeout.InfiniteTimeSpan);
    }

    private void Wake()
    {
        lock (gate)
        {
            timer?.Dispose();
            timer = null;
            Dispatch();
        }
    }

    private TimeSpan Now() => timeProvider.GetElapsedTime(start);

    private sealed class Waiter
    {
        private readonly TaskCompletionSource<RequestPass> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Waiter(int weight)
        {
            Weight = weight;
            Node = new LinkedListNode<Waiter>(this);
        }

        public int Weight { get; }

        public LinkedListNode<Waiter> Node { get; }

        public Task<RequestPass> Task => source.Task;

        public void Admit(RequestPass pass) => source.SetResult(pass);

        public void Cancel(CancellationToken cancellationToken) => source.SetCanceled(cancellationToken);
    }
}
