namespace Dataverse.Sync.Execution;

/// <summary>What a step makes of a page: what goes on to the next step, and the records whose way ends here.</summary>
internal readonly record struct StepResult<T>(List<T> Kept, List<Refusal> Refused);
