namespace Dataverse.Sync.Execution;

/// <summary>A write that was applied and about which a rule failed when it was told.</summary>
/// <param name="Intent">The entry of the write in the journal.</param>
/// <param name="TargetId">The id of the record that was written.</param>
/// <param name="Error">The error of the rule.</param>
internal sealed record RuleComplaint(Intent Intent, Guid TargetId, SyncError Error);
