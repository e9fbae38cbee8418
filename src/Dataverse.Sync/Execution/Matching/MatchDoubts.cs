namespace Dataverse.Sync.Execution;

/// <summary>The reasons for which a partner is doubtful.</summary>
internal static class MatchDoubts
{
    /// <summary>Several records match, or the one that matches has several claims.</summary>
    public static SyncError Several(MatchGroup group) => new(
        SyncErrorCodes.DoubtfulMatch,
        $"More than one pair of records matches by {FieldsOf(group)}. Couple the record, or change the values.");

    /// <summary>Only a suggestion finds a record.</summary>
    public static SyncError Suggested(MatchGroup group) => new(
        SyncErrorCodes.DoubtfulMatch,
        $"A record is equal in {FieldsOf(group)}, which suggests a partner but does not prove it. "
        + "Couple the two, or create the record.");

    /// <summary>The only record that matches is excluded by the filter of its side.</summary>
    public static SyncError Outside(MatchGroup group, string mapping, SyncSide side) => new(
        SyncErrorCodes.PartnerOutsideFilter,
        $"The record that matches by {FieldsOf(group)} is outside the {side.Word()} filter of mapping '{mapping}'. "
        + "A new partner would be a duplicate.");

    private static string FieldsOf(MatchGroup group) =>
        string.Join(", ", group.Fields.Select(field => $"'{field.LocalField}' and '{field.IntegrationField}'"));
}
