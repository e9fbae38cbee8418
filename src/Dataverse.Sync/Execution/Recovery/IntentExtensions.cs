namespace Dataverse.Sync.Execution;

internal static class IntentExtensions
{
    /// <summary>Returns the key of the record from which the write comes.</summary>
    public static RecordKey SourceKey(this Intent intent) => new(intent.Target.Opposite(), intent.SourceId);
}
