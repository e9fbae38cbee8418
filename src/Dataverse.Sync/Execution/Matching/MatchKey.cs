namespace Dataverse.Sync.Execution;

/// <summary>The fingerprint of a match group's values in a record, equal for records that match.</summary>
internal static class MatchKey
{
    /// <summary>The fingerprint over the fields that are set in <paramref name="present"/>; letter case counts only where the field says so.</summary>
    public static ulong Of(TableRecord record, MatchGroup group, SyncSide side, int present)
    {
        var key = (ulong)present;
        for (var index = 0; index < group.Fields.Count; index++)
        {
            if ((present & (1 << index)) != 0)
            {
                key = (key * 31) + Fingerprint.Of(Normalize(ValueOf(record, group.Fields[index], side), group.Fields[index]));
            }
        }

        return key;
    }

    /// <summary>Which fields of a group hold a value; a blank field is left out of the comparison.</summary>
    public static int PresentFields(TableRecord record, MatchGroup group, SyncSide side)
    {
        var present = 0;
        for (var index = 0; index < group.Fields.Count; index++)
        {
            present |= ValueOf(record, group.Fields[index], side).IsBlank ? 0 : 1 << index;
        }

        return present;
    }

    public static FieldValue ValueOf(TableRecord record, MatchField field, SyncSide side) =>
        record[field.On(side)];

    private static FieldValue Normalize(FieldValue value, MatchField field) => value.Kind == FieldValueKind.Text
        ? FieldValue.Text(field.IsCaseSensitive ? value.AsText().Trim() : value.AsText().Trim().ToUpperInvariant())
        : value;
}
