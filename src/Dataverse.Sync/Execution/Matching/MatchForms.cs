namespace Dataverse.Sync.Execution;

/// <summary>Computes the fingerprints of the values of match fields, which are equal for records that match.</summary>
internal sealed class MatchForms(CompiledMapping mapping, IReadOnlyList<MatchField> matched)
{
    private readonly MatchFieldForm[] fields = [.. matched.Select(field => new MatchFieldForm(mapping, field))];

    /// <summary>Returns the fingerprint of each field of a record.</summary>
    public ulong[] Of(TableRecord record, SyncSide side)
    {
        var forms = new ulong[fields.Length];
        for (var index = 0; index < forms.Length; index++)
        {
            forms[index] = fields[index].FingerprintOf(record, side);
        }

        return forms;
    }

    /// <summary>
    /// Returns the fields that have a value, as a bit mask. Blank fields are not compared. It is zero if a value cannot
    /// match at all.
    /// </summary>
    public static int Present(ReadOnlySpan<ulong> forms)
    {
        var present = 0;
        for (var index = 0; index < forms.Length; index++)
        {
            if (forms[index] == Fingerprint.None)
            {
                return 0;
            }

            present |= forms[index] == 0 ? 0 : 1 << index;
        }

        return present;
    }

    /// <summary>Returns the fields that another record can be matched by, as a bit mask.</summary>
    public static int Matchable(ReadOnlySpan<ulong> forms)
    {
        var matchable = 0;
        for (var index = 0; index < forms.Length; index++)
        {
            matchable |= forms[index] is 0 or Fingerprint.None ? 0 : 1 << index;
        }

        return matchable;
    }

    /// <summary>Returns one fingerprint for the fields in <paramref name="present"/>.</summary>
    public static ulong KeyOf(ReadOnlySpan<ulong> forms, int present)
    {
        var key = (ulong)present;
        for (var index = 0; index < forms.Length; index++)
        {
            if ((present & (1 << index)) != 0)
            {
                key = (key * 31) + forms[index];
            }
        }

        return key;
    }

    /// <summary>Returns the values of a field to ask the other side for.</summary>
    public IEnumerable<FieldValue> QuestionsFor(int field, TableRecord record, SyncSide source) =>
        fields[field].QuestionsFor(record, source);

    /// <summary>Returns the values of a field to ask the record's own side for.</summary>
    public IEnumerable<FieldValue> OwnQuestionsFor(int field, TableRecord record, SyncSide side) =>
        fields[field].OwnQuestionsFor(record, side);
}
