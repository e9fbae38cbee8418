namespace Dataverse.Sync.Execution;

/// <summary>What a plan does with a record or a pair; each counts under the counter of its name.</summary>
internal enum PlanOutcome
{
    Unchanged,
    Inserted,
    Modified,
    Deleted,
    Uncoupled,
    Skipped,
    Failed,
    Conflicted,
}
