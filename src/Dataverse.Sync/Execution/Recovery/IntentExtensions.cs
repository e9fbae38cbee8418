namespace Dataverse.Sync.Execution;

internal static class IntentExtensions
{
    /// <summary>Returns the key of the record from which the write comes.</summary>
    public static RecordKey SourceKey(this Intent intent) => new(intent.Target.Opposite(), intent.SourceId);

    /// <summary>Whether the engine chose the id of the record, so that a repetition is recognized by it.</summary>
    public static bool HasChosenId(this Intent intent) => intent.TargetId != Guid.Empty;
}
