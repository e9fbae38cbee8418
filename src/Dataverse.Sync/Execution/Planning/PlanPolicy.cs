namespace Dataverse.Sync.Execution;

/// <summary>How a run decides: the mapping's policies, as the run's options changed them.</summary>
internal sealed record PlanPolicy
{
    public UpdateConflictPolicy Conflicts { get; init; }

    public FirstSynchronization First { get; init; }

    /// <summary>Whether a one-way field whose target was changed is set right, as a full run does.</summary>
    public bool CorrectsDrift { get; init; }
}
