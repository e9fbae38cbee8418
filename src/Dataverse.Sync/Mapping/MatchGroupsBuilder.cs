namespace Dataverse.Sync;

/// <summary>Collects match fields in groups by priority, the lowest first, and suggestions after matches.</summary>
internal sealed class MatchGroupsBuilder
{
    private readonly List<Group> groups = [];

    public void Add(int priority, MatchField field) => Put(GroupOf(priority, isSuggestion: false).Fields, field);

    public void Confirm(int priority, MatchField field) =>
        Put(GroupOf(priority, isSuggestion: false).ConfirmedBy, field);

    public void Suggest(int priority, MatchField field) => Put(GroupOf(priority, isSuggestion: true).Fields, field);

    /// <summary>Adds a group of an existing mapping.</summary>
    public void Add(int priority, MatchGroup existing)
    {
        var group = GroupOf(priority, existing.IsSuggestion);
        group.Fields.AddRange(existing.Fields);
        group.ConfirmedBy.AddRange(existing.ConfirmedBy);
    }

    public void Clear() => groups.Clear();

    public IReadOnlyList<MatchGroup> Build() =>
    [
        .. groups.Select(group => new MatchGroup([.. group.Fields])
        {
            ConfirmedBy = [.. group.ConfirmedBy],
            IsSuggestion = group.IsSuggestion,
        }),
    ];

    private Group GroupOf(int priority, bool isSuggestion)
    {
        var wanted = (priority, isSuggestion);
        var place = groups.FindIndex(group => (group.Priority, group.IsSuggestion).CompareTo(wanted) >= 0);
        if (place < 0)
        {
            place = groups.Count;
        }

        if (place == groups.Count || (groups[place].Priority, groups[place].IsSuggestion) != wanted)
        {
            groups.Insert(place, new Group(priority, isSuggestion));
        }

        return groups[place];
    }

    // The same two fields can only differ in case sensitivity, for which the last call counts.
    private static void Put(List<MatchField> fields, MatchField field)
    {
        var known = fields.FindIndex(
            other => other.LocalField == field.LocalField && other.IntegrationField == field.IntegrationField);
        if (known < 0)
        {
            fields.Add(field);
        }
        else
        {
            fields[known] = field;
        }
    }

    private sealed class Group(int priority, bool isSuggestion)
    {
        public int Priority { get; } = priority;

        public bool IsSuggestion { get; } = isSuggestion;

        public List<MatchField> Fields { get; } = [];

        public List<MatchField> ConfirmedBy { get; } = [];
    }
}
