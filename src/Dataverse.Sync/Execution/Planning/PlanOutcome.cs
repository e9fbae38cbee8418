namespace Dataverse.Sync.Execution;

/// <summary>Specifies what a plan does with a record or a pair. Each outcome has a counter of the same name.</summary>
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
    Doubtful,
}
