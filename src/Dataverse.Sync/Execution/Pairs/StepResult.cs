namespace Dataverse.Sync.Execution;

/// <summary>
/// The result of a step for a page: the items for the next step, and the records that are processed no further.
/// </summary>
internal readonly record struct StepResult<T>(List<T> Kept, List<Refusal> Refused);
