using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>The writes about which the responses do not decide.</summary>
internal sealed class UnclearWrites
{
    /// <summary>The writes that may or may not have been performed.</summary>
    public List<PendingWrite> Lost { get; } = [];

    /// <summary>Those of them whose error passes, so that they may be sent again.</summary>
    public HashSet<PendingWrite> Passing { get; } = [];

    /// <summary>The writes that were refused and may have met their own work.</summary>
    public List<PendingWrite> Refused { get; } = [];

    /// <summary>Why the last responses were lost.</summary>
    public ConnectorFailure Failure { get; private set; } = ConnectorFailure.ServiceFault;

    public void Add(PendingWrite write, PartFollowUp followUp)
    {
        switch (followUp)
        {
            case PartFollowUp.Decide:
                Lost.Add(write);
                break;
            case PartFollowUp.DecideAndRepeat:
                Lost.Add(write);
                _ = Passing.Add(write);
                break;
            case PartFollowUp.Correct:
                Refused.Add(write);
                break;
        }
    }

    public void Lose(PendingWrite write) => Lost.Add(write);

    public void Lose(IEnumerable<PendingWrite> writes, ConnectorFailure failure)
    {
        Failure = failure;
        Lost.AddRange(writes);
    }
}
