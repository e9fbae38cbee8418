namespace Dataverse.Sync;

/// <summary>Collects match fields in groups by priority, the lowest first.</summary>
internal sealed class MatchGroupsBuilder
{
    private readonly List<Group> groups = [];

    public void Add(int priority, MatchField field)
    {
        var place = groups.FindIndex(group => group.Priority >= priority);
        if (place < 0)
        {
            place = groups.Count;
        }

        if (place == groups.Count || groups[place].Priority != priority)
        {
            groups.Insert(place, new Group(priority));
        }

        // The same two fields can only differ in case sensitivity, for which the last call counts.
        var fields = groups[place].Fields;
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

    public void Clear() => groups.Clear();

    public IReadOnlyList<MatchGroup> Build() => [.. groups.Select(group => new MatchGroup([.. group.Fields]))];

    private sealed class Group(int priority)
    {
        public int Priority { get; } = priority;

        public List<MatchField> Fields { get; } = [];
    }
}
