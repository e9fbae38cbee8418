namespace Dataverse.Sync.Execution;

/// <summary>
/// Adds the fields that are left out to the errors of the job. A value that many records have is reported once.
/// </summary>
internal sealed class LeftOutReport(JobRecorder job)
{
    private readonly HashSet<string> reported = [];

    public void Add(Pair pair, PairPlan plan)
    {
        foreach (var reason in plan.LeftOut)
        {
            if (reported.Add(reason.Message))
            {
                job.AddError(pair.Key, reason);
            }
        }
    }
}
