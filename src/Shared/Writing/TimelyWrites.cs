namespace Dataverse.Sync.Shared;

/// <summary>Tells the writes of a batch that may leave after its time from those that must not.</summary>
/// <remarks>
/// A late insert would create a record again that was deleted meanwhile. A late deletion would delete a record that has another
/// partner by then, because a coupling does not change the version. A late update is recognized by its version, if the service
/// compares versions.
/// </remarks>
/// <param name="deadline">The time after which nothing is sent that must not be repeated.</param>
/// <param name="comparesVersions">Whether the service compares the versions of records.</param>
internal sealed class TimelyWrites(SendDeadline deadline, bool comparesVersions)
{
    /// <summary>The time limit of a request with some writes, or null if each of them may leave late.</summary>
    public SendDeadline? DeadlineOf(IReadOnlyList<PendingWrite> writes) => writes.All(MayLeaveLate) ? null : deadline;

    /// <summary>Returns the writes that may still be sent. The others are refused.</summary>
    public IReadOnlyList<PendingWrite> Of(IReadOnlyList<PendingWrite> writes)
    {
        if (!deadline.HasPassed)
        {
            return writes;
        }

        foreach (var write in writes.Where(write => !MayLeaveLate(write)))
        {
            write.TooLate();
        }

        return [.. writes.Where(MayLeaveLate)];
    }

    private bool MayLeaveLate(PendingWrite write) =>
        comparesVersions && write.Kind == WriteKind.Update && write.Operation.ExpectedVersion is not null;
}
