namespace Dataverse.Sync.Shared;

/// <summary>
/// Keeps one limit of a service: spreads the requests over the window and never lets more than the limit into it.
/// </summary>
/// <remarks>
/// The servers of a service are told apart by what their answers say; where they cannot be, there is one. Which server
/// a request will reach is not known before, so one under way counts on each. Not safe for concurrent use; its owner
/// locks.
/// </remarks>
internal sealed class WindowLedger(WindowLimit limit)
{
    /// <summary>
    /// The share of the limit that is used; the rest is for other users of the account between two answers.
    /// </summary>
    private const double UsableShare = 0.97;

    /// <summary>
    /// The share of a window whose amount may go at once after a quiet time, so that a short load is not slowed down.
    /// </summary>
    private const double BurstShare = 0.5;

    /// <summary>The least share of the limit at which a refusal says something about the limit.</summary>
    private const double TellingShare = 0.25;

    /// <summary>
    /// For how many windows what a refusal taught is kept before more is tried, a tenth of the limit each window.
    /// </summary>
    private const int WindowsKept = 6;
    private const double RegainedShare = 0.1;

    private const int MaxServers = 100;

    private readonly ServerWindow anyServer = new(limit.Window);
    private readonly Dictionary<string, ServerWindow> servers = new(StringComparer.Ordinal);
    private double amount = limit.Amount;
    private double weightUnderWay;
    private double startsUnderWay;
    private int countUnderWay;
    private (double Amount, TimeSpan At)? learned;
    private TimeSpan readyAt = TimeSpan.MinValue;
    private bool isHeld;

    public TimeSpan Window => limit.Window;

    private IEnumerable<ServerWindow> Servers => servers.Count == 0 ? [anyServer] : servers.Values;

    /// <summary>Lowers the amount.</summary>
    public void Narrow(double other) => amount = Math.Min(amount, other);

    public double CostOf(RequestPass pass) => CostOf(pass.Weight, pass.ExpectedSeconds);

    public double CostOf(int weight, double seconds) => limit.Unit == LimitUnit.Requests ? weight : seconds;

    /// <summary>When a request may go, as things are now; a time in the past when it may go at once.</summary>
    public TimeSpan OpensAt(double cost, TimeSpan now)
    {
        Forget(now);
        var opensAt = Servers.Max(server => OpensAt(server, cost, now));
        isHeld |= opensAt > now;
        return opensAt > readyAt ? opensAt : readyAt;
    }

    /// <summary>Starts at the even pace, without a burst: the time before was no quiet one.</summary>
    public void Hold() => isHeld = true;

    public void Admit(double cost, TimeSpan now)
    {
        var earliest = isHeld ? now : now - (limit.Window * BurstShare);
        readyAt = (readyAt > earliest ? readyAt : earliest) + TimeFor(cost, now);
        isHeld = false;
        weightUnderWay += cost;
        startsUnderWay += now.TotalSeconds;
        countUnderWay++;
    }

    public void Settle(RequestPass pass, double seconds, double? remaining, TimeSpan now)
    {
        var (expected, actual) = (CostOf(pass), CostOf(pass.Weight, seconds));
        Forget(now);
        weightUnderWay -= expected;
        startsUnderWay -= pass.AdmittedAt.TotalSeconds;
        countUnderWay--;
        var server = WindowOf(pass.Report?.Server);
        if (remaining is { } left)
        {
            var granted = left + UsedOn(server);
            server.Grant(limit.Unit == LimitUnit.Requests ? Math.Min(amount, granted) : granted, now);
        }

        server.Count(actual, now);
        readyAt += TimeFor(actual - expected, now);
    }

    /// <summary>Learns from a refusal what the service grants, where its answers do not say so.</summary>
    public void Refuse(RequestPass pass, TimeSpan now)
    {
        Forget(now);
        var used = Servers.Max(UsedOn) + UnderWayAt(now) - CostOf(pass);
        if (used >= amount * TellingShare && !anyServer.IsReporting && !servers.Values.Any(server => server.IsReporting))
        {
            learned = (Math.Min(used, UsualAt(now)), now);
        }
    }

    private TimeSpan OpensAt(ServerWindow server, double cost, TimeSpan now)
    {
        var counted = UsedOn(server) + UnderWayAt(now);
        var needed = (counted + cost) / UsableShare;
        var usual = UsualAt(now);
        var isUnused = countUnderWay == 0 && server.IsEmpty && anyServer.IsEmpty;
        if (isUnused || needed <= server.GrantAt(now, usual))
        {
            return now;
        }

        var expiry = Earlier(server.NextExpiry, anyServer.NextExpiry);
        return Earlier(expiry, server.GrantReaches(needed, usual));
    }

    private double UsedOn(ServerWindow server) =>
        server.Used + (ReferenceEquals(server, anyServer) ? 0 : anyServer.Used);

    /// <summary>What the requests under way have used up so far.</summary>
    private double UnderWayAt(TimeSpan now) =>
        limit.Unit == LimitUnit.Requests ? weightUnderWay : (countUnderWay * now.TotalSeconds) - startsUnderWay;

    private double UsualAt(TimeSpan now) => learned is var (least, at)
        ? Math.Min(amount, least + (amount * RegainedShare * Math.Max(0, ((now - at) / limit.Window) - WindowsKept)))
        : amount;

    /// <summary>The time that a cost takes at the even pace.</summary>
    private TimeSpan TimeFor(double cost, TimeSpan now)
    {
        var usual = UsualAt(now);
        var granted = Servers.Sum(server => Math.Max(server.GrantAt(now, usual), amount / 100));
        return limit.Window * (cost / (UsableShare * granted));
    }

    private ServerWindow WindowOf(string? name)
    {
        if (name is null)
        {
            return anyServer;
        }

        if (!servers.TryGetValue(name, out var server) && servers.Count < MaxServers)
        {
            servers.Add(name, server = new ServerWindow(limit.Window));
        }

        return server ?? anyServer;
    }

    private void Forget(TimeSpan now)
    {
        _ = anyServer.Forget(now);
        foreach (var (name, server) in servers)
        {
            if (server.Forget(now))
            {
                _ = servers.Remove(name);
            }
        }
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
