namespace Dataverse.Sync.Execution;

/// <summary>Counts the records of one side that cannot be told apart, or that have unknown options.</summary>
internal sealed class RecordTally
{
    private readonly CompiledMapping mapping;
    private readonly SyncSide side;
    private readonly int limit;
    private readonly MatchForms[] forms;
    private readonly Dictionary<ulong, (Guid First, long Count)>[] groups;
    private readonly List<RecordKey>[] duplicates;
    private readonly CompiledField[] choices;
    private readonly long[] unknown;
    private readonly List<RecordKey>[] unknownIn;

    // A feed may deliver a record twice.
    private readonly HashSet<Guid> seen = [];

    public RecordTally(CompiledMapping mapping, SyncSide side, int limit)
    {
        (this.mapping, this.side, this.limit) = (mapping, side, limit);
        forms = [.. mapping.MatchGroups.Select(group => new MatchForms(mapping, group.Fields))];
        groups = Array.ConvertAll(forms, _ => new Dictionary<ulong, (Guid, long)>());
        duplicates = Array.ConvertAll(forms, _ => new List<RecordKey>());
        choices = Array.FindAll(mapping.Fields, field => field.CanRead(side) && field.On(side).Options.Count > 0);
        unknown = new long[choices.Length];
        unknownIn = Array.ConvertAll(choices, _ => new List<RecordKey>());
    }

    /// <summary>The number of records within the filter.</summary>
    public long Count => seen.Count;

    public void Take(TableRecord record)
    {
        if (mapping.Excludes(side, record) || !seen.Add(record.Id))
        {
            return;
        }

        for (var group = 0; group < groups.Length; group++)
        {
            TakeForm(group, record);
        }

        var values = mapping.View(side, record);
        for (var place = 0; place < choices.Length; place++)
        {
            var field = choices[place];
            if (values.Has(field) && values[field] is { IsBlank: false } value && !IsKnown(field, value))
            {
                unknown[place]++;
                Add(unknownIn[place], record.Id);
            }
        }
    }

    public IEnumerable<DiagnosisFinding> Find()
    {
        for (var group = 0; group < groups.Length; group++)
        {
            var count = groups[group].Values.Where(found => found.Count > 1).Sum(found => found.Count);
            if (count > 0)
            {
                yield return DuplicatesOf(mapping.MatchGroups[group], count, duplicates[group]);
            }
        }

        for (var place = 0; place < choices.Length; place++)
        {
            if (unknown[place] > 0)
            {
                yield return UnknownOptionsOf(choices[place], unknown[place], unknownIn[place]);
            }
        }
    }

    private static bool IsKnown(CompiledField field, SyncSide side, FieldValue value) =>
        field.On(side).Options.Any(option => FieldValueComparer.AreEqual(option.Value, value));

    private bool IsKnown(CompiledField field, FieldValue value) => IsKnown(field, side, value);

    // A record with a blank in one of the fields is matched by the others, which says nothing about duplicates.
    private void TakeForm(int group, TableRecord record)
    {
        var values = forms[group].Of(record, side);
        var all = (1 << values.Length) - 1;
        if (MatchForms.Present(values) != all)
        {
            return;
        }

        var key = MatchForms.KeyOf(values, all);
        var (first, count) = groups[group].GetValueOrDefault(key, (record.Id, 0));
        groups[group][key] = (first, count + 1);
        if (count == 1)
        {
            Add(duplicates[group], first);
        }

        if (count > 0)
        {
            Add(duplicates[group], record.Id);
        }
    }

    private void Add(List<RecordKey> list, Guid id)
    {
        if (list.Count < limit)
        {
            list.Add(new(side, id));
        }
    }

    private DiagnosisFinding DuplicatesOf(MatchGroup group, long count, List<RecordKey> records)
    {
        var fields = string.Join(", ", group.Fields.Select(field => $"'{field.On(side)}'"));
        return new()
        {
            Severity = group.IsSuggestion ? FindingSeverity.Information : FindingSeverity.Warning,
            Area = DiagnosisArea.Matching,
            Code = DiagnosisCodes.DuplicateMatch,
            Message = $"{count} {side.Word()} records share their values of {fields} with another record. "
                + (group.IsSuggestion ? "They suggest no partner for certain." : "They are doubtful if a record matches them."),
            Mapping = mapping.Name,
            Side = side,
            Table = mapping.Schema(side).Name,
            Field = string.Join(", ", group.Fields.Select(field => field.On(side))),
            Count = count,
            Records = records,
        };
    }

    private DiagnosisFinding UnknownOptionsOf(CompiledField field, long count, List<RecordKey> records) => new()
    {
        Severity = FindingSeverity.Warning,
        Area = DiagnosisArea.Options,
        Code = DiagnosisCodes.UnknownOption,
        Message = $"{count} {side.Word()} records have a value of '{field.On(side).Name}' that is none of the options of the field.",
        Mapping = mapping.Name,
        Side = side,
        Table = mapping.Schema(side).Name,
        Field = field.On(side).Name,
        Count = count,
        Records = records,
    };
}
