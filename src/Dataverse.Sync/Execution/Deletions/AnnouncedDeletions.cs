namespace Dataverse.Sync.Execution;

/// <summary>The records of the mapping that a system deletes because the engine deleted another record.</summary>
internal sealed class AnnouncedDeletions(RunSettings settings)
{
    // A cascade follows within minutes. A record that exists after a month was not deleted by it.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private readonly Dictionary<RecordKey, AnnouncedDeletion> announced = [];

    /// <summary>Takes the deletions that earlier runs announced.</summary>
    public void Take(MappingState state) => state.AnnouncedDeletions.ToList().ForEach(Add);

    public void Add(AnnouncedDeletion deletion)
    {
        if (string.Equals(deletion.Mapping, settings.Mapping.Name, StringComparison.OrdinalIgnoreCase)
            && settings.Now - deletion.AnnouncedOn < Lifetime)
        {
            announced[deletion.Record] = deletion;
        }
    }

    /// <summary>Returns the announcement of a record that is gone, or null if its deletion is somebody's wish.</summary>
    public AnnouncedDeletion? Of(MissingRecord missing) =>
        announced.GetValueOrDefault(missing.Key);
}
