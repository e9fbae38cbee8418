namespace Dataverse.Sync.Execution;

internal static class IntentExtensions
{
    /// <summary>Returns the key of the record from which the write comes.</summary>
    public static RecordKey SourceKey(this Intent intent) => new(intent.Target.Opposite(), intent.SourceId);

    /// <summary>Whether the engine chose the id of the record, so that a repetition is recognized by it.</summary>
    public static bool HasChosenId(this Intent intent) => intent.TargetId != Guid.Empty;

    /// <summary>Whether the write is known to be applied, and only the rules must be told about it again.</summary>
    public static bool IsOnlyToBeTold(this Intent intent) =>
        intent is { Kind: not WriteKind.Delete, Outcome: null };

    /// <summary>The base of a pair whose record was found under the id of an insert.</summary>
    /// <remarks>
    /// An id that is derived from the source may have been used before a coupling file was lost. A record that holds
    /// other values than the insert sent may result from that time, so the pair has no base and its values are merged as
    /// for the first time.
    /// </remarks>
    public static SynchronizedBase? BaseWith(this Intent insert, TableRecord record, RunSettings settings)
    {
        var mayBeOlder = settings.NewRecordIds == NewRecordIds.DerivedFromSource && insert.HasChosenId();
        return mayBeOlder && settings.Mapping.Differs(insert.Target, record, insert.Outcome)
            ? null
            : AdoptedBase.Of(settings.Mapping, insert, record);
    }
}
