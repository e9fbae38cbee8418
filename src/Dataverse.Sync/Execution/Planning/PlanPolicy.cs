namespace Dataverse.Sync.Execution;

/// <summary>The policies of a run: those of the mapping, with the changes of the run's options.</summary>
internal sealed record PlanPolicy
{
    public UpdateConflictPolicy Conflicts { get; init; }

    public FirstSynchronization First { get; init; }

    /// <summary>Whether a changed target of a one-way field is corrected, as in a full run.</summary>
    public bool CorrectsDrift { get; init; }
}
