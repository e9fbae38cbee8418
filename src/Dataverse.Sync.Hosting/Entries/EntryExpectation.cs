namespace Dataverse.Sync.Hosting;

/// <summary>By when an entry should succeed. Without a clock, and without input or output.</summary>
internal static class EntryExpectation
{
    /// <summary>
    /// Returns when the run should start that succeeds next, if nothing fails; null unless the entry waits for a
    /// time. A run in process may take hours, and is not late.
    /// </summary>
    public static DateTimeOffset? Of(StoredJobQueueEntry entry, EntrySettings settings) => entry.State switch
    {
        JobQueueEntryState.Ready when entry is { EarliestStartOn: { } start, LastSucceededOn: { } success } =>
            Earlier(start, settings.Schedule?.Next(success)),
        JobQueueEntryState.Ready or JobQueueEntryState.OnHoldWithInactivityTimeout => entry.EarliestStartOn,
        _ => null,
    };

    // An entry that fails is always due soon, so that only its last success tells how late it is.
    private static DateTimeOffset Earlier(DateTimeOffset start, DateTimeOffset? scheduled) =>
        scheduled < start ? scheduled.Value : start;
}
