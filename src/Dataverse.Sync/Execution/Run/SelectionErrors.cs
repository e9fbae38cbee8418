namespace Dataverse.Sync.Execution;

/// <summary>Why a named record does not take part in a run.</summary>
internal static class SelectionErrors
{
    public static SyncError OutsideFilter(string mapping, SyncSide side) => new(
        SyncErrorCodes.OutsideFilter,
        $"The record does not meet the {side.Word()} filter of mapping '{mapping}', so it is not synchronized.");

    public static SyncError OtherCompany { get; } = new(
        SyncErrorCodes.OtherCompany,
        "The integration record belongs to another company, so it is neither synchronized nor deleted.");

    public static SyncError PartnerOutsideFilter(string mapping, SyncSide side) => new(
        SyncErrorCodes.OutsideFilter,
        $"The record's partner does not meet the {side.Word()} filter of mapping '{mapping}'. The pair waits until it does.");

    public static SyncError FormerPartnerOutside(string mapping, SyncSide side) => new(
        SyncErrorCodes.LeftFilter,
        $"The record's former partner does not meet the {side.Word()} filter of mapping '{mapping}'. The two are coupled "
        + "again when it does.");

    public static SyncError Left(string mapping, SyncSide side) => new(
        SyncErrorCodes.LeftFilter,
        $"The record does not meet the {side.Word()} filter of mapping '{mapping}', so its pair was uncoupled.");

    public static SyncError Skipped(RecordFailure failure) => failure.Error with
    {
        Message = "The record is skipped until a person tries it again, because it failed "
            + $"{failure.Attempts} times: {failure.Error.Message}",
    };
}
