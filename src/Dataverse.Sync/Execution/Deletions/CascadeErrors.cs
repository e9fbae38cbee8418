namespace Dataverse.Sync.Execution;

/// <summary>Why a record is not deleted whose system would delete others with it.</summary>
internal static class CascadeErrors
{
    // Limits the length of a message.
    private const int NamesAtMost = 20;

    public static SyncError Unwanted(IReadOnlyList<RecordInMapping> records)
    {
        var names = string.Join(", ", records.Take(NamesAtMost).Select(record => $"{record.Mapping} {record.Record.Id}"));
        var more = records.Count > NamesAtMost ? $", and {records.Count - NamesAtMost} more" : string.Empty;
        return new(
            SyncErrorCodes.CascadingDeletion,
            $"If the record is deleted, its system also deletes records that nobody deleted: {names}{more}. Delete it with "
                + $"{nameof(CascadePolicy)}.{nameof(CascadePolicy.Uncouple)}, which keeps their partners, or remove the coupling.");
    }

    public static SyncError Unjudged(string mapping) => new(
        SyncErrorCodes.CascadingDeletion,
        $"If the record is deleted, its system also deletes records of mapping '{mapping}', which cannot be run at present. "
            + "The deletion waits until it can.");
}
