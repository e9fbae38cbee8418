namespace Dataverse.Sync.Execution;

/// <summary>Computes the fingerprint of a match group's values, which is equal for records that match.</summary>
internal static class MatchKey
{
    /// <summary>
    /// Computes the fingerprint of the fields in <paramref name="present"/>. Letter case matters only for
    /// case-sensitive fields.
    /// </summary>
    public static ulong Of(TableRecord record, MatchGroup group, SyncSide side, int present)
    {
        var key = (ulong)present;
        for (var index = 0; index < group.Fields.Count; index++)
        {
            if ((present & (1 << index)) != 0)
            {
                var field = group.Fields[index];
                key = (key * 31) + Fingerprint.Of(Normalize(ValueOf(record, field, side), field));
            }
        }

        return key;
    }

    /// <summary>
    /// Returns the fields of a group that have a value, as a bit mask. Blank fields are not compared.
    /// </summary>
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
