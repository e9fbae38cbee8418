namespace Dataverse.Sync.Execution;

/// <summary>Why the coupling of a merged record cannot move to the survivor.</summary>
internal static class MergeErrors
{
    public static SyncError SurvivorCoupled(Guid merged, Guid survivor, SyncSide side) => Of(
        merged, $"the {side.Word()} record {survivor}, which is coupled with another record");

    public static SyncError SurvivorOutside(Guid merged, Guid survivor, SyncSide side) => Of(
        merged, $"the {side.Word()} record {survivor}, which does not meet the filter of the mapping");

    public static SyncError SurvivorGone(Guid merged, Guid? survivor, SyncSide side) => Of(
        merged, $"{(survivor is { } id ? $"the {side.Word()} record {id}" : $"a {side.Word()} record")} that does not exist");

    public static SyncError SurvivorUncertain(Guid merged, Guid survivor, SyncSide side) => new(
        SyncErrorCodes.OutcomeUnknown,
        $"The record's partner {merged} was merged into the {side.Word()} record {survivor}, of which an earlier write is uncertain. "
        + "The record waits until a run finds out what became of it.");

    private static SyncError Of(Guid merged, string survivor) => new(
        SyncErrorCodes.PartnerMerged,
        $"The record's partner {merged} was merged into {survivor}. Couple the record with the one to which it belongs, or "
        + "uncouple it.");
}
