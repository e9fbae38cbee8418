namespace Dataverse.Sync.Execution;

internal static class IntentExtensions
{
    /// <summary>The record that the write comes from.</summary>
    public static RecordKey SourceKey(this Intent intent) => new(intent.Target.Opposite(), intent.SourceId);
}
