namespace Dataverse.Sync;

/// <summary>Thrown by a rule to fail the record that it was asked about, with a reason for people. The run goes on.</summary>
/// <param name="reason">A sentence without field values; it is stored with the job.</param>
public sealed class SyncRuleException(string reason) : Exception(reason);
