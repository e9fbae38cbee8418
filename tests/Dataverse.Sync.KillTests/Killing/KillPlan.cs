namespace Dataverse.Sync.KillTests;

/// <summary>When a worker dies.</summary>
/// <param name="Trigger">What is waited for.</param>
/// <param name="Count">How many of them come first; of time, milliseconds.</param>
internal sealed record KillPlan(KillTrigger Trigger, int Count)
{
    private const int MostRequests = 50;
    private const int MostWrites = 15;
    private const int MostFileWrites = 50;
    private const int MostMilliseconds = 1_500;

    public static KillPlan Draw(Random random)
    {
        var trigger = (KillTrigger)random.Next(Enum.GetValues<KillTrigger>().Length);
        return new(trigger, 1 + random.Next(trigger switch
        {
            KillTrigger.WriteLost or KillTrigger.WriteCarriedOut => MostWrites,
            KillTrigger.FileWritten => MostFileWrites,
            KillTrigger.Time => MostMilliseconds,
            _ => MostRequests,
        }));
    }

    public bool IsLost => Trigger is KillTrigger.RequestLost or KillTrigger.WriteLost;

    /// <summary>Whether a request brings the moment nearer.</summary>
    public bool Counts(bool isWrite) => Trigger switch
    {
        KillTrigger.RequestLost or KillTrigger.RequestCarriedOut => true,
        KillTrigger.WriteLost or KillTrigger.WriteCarriedOut => isWrite,
        _ => false,
    };
}
