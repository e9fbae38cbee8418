namespace Dataverse.Sync;

/// <summary>The exception that a rule throws to fail the record for which it was called. The run continues.</summary>
/// <param name="reason">A sentence for people, without field values. It is stored with the job.</param>
public sealed class SyncRuleException(string reason) : Exception(reason);
