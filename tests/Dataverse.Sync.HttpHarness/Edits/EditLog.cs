namespace Dataverse.Sync.HttpHarness;

/// <summary>
/// Everything that users did: the differences that each of their actions made, seen on the screen before and after.
/// </summary>
internal sealed class EditLog(World world)
{
    private readonly List<Edit> edits = [];
    private readonly List<Deletion> deletions = [];
    private readonly Lock gate = new();
    private int order;

    public IReadOnlyList<Edit> Edits => edits;

    public IReadOnlyList<Deletion> Deletions => deletions;

    /// <summary>The markers of all records that users created.</summary>
    public IReadOnlyList<string> Markers => [.. edits.Where(edit => edit.IsCreation).Select(edit => edit.Marker).Distinct()];

    /// <summary>Lets a user act, and notes what changed.</summary>
    public void Record(string description, Action act, bool deletesCoupled = false)
    {
        lock (gate)
        {
            var before = Screen.Read(world);
            act();
            world.Trace($"user: {description}");
            var after = Screen.Read(world);
            NoteChanges(before, after);
            NoteDeletions(before, after, deletesCoupled);
        }
    }

    private void NoteChanges(Screen before, Screen after)
    {
        var old = before.Rows.ToDictionary(row => (row.Kind, row.Side, row.Id));
        foreach (var row in after.Rows)
        {
            var was = old.GetValueOrDefault((row.Kind, row.Side, row.Id));
            foreach (var (field, value) in row.Values)
            {
                if (was is null || !Equals(was.Values[field], value))
                {
                    var edit = new Edit(++order, row.Marker, row.Side, field, was?.Values[field], value, was is null);
                    edits.Add(edit);
                    world.Trace($"    {edit}");
                }
            }
        }
    }

    private void NoteDeletions(Screen before, Screen after, bool wereCoupled)
    {
        var left = after.Rows.Select(row => (row.Kind, row.Side, row.Id)).ToHashSet();
        foreach (var row in before.Rows.Where(row => !left.Contains((row.Kind, row.Side, row.Id))))
        {
            deletions.Add(new Deletion(++order, row.Marker, row.Side, row.Id, wereCoupled));
            world.Trace($"    {row.Side} {row.Marker} {row.Id} is gone");
        }
    }
}
