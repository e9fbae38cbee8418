namespace Dataverse.Sync.Execution;

/// <summary>
/// A set of the ids of a table: 18 to 23 bytes for each beyond some 30,000, because a table may have a million.
/// </summary>
internal sealed class IdSet
{
    private readonly PartedTable<Slot> ids = new();
    private bool hasEmpty;

    /// <summary>Adds an id. Returns false if the set contains it already.</summary>
    public bool Add(Guid id)
    {
        if (id == Guid.Empty)
        {
            // It marks a slot that is free.
            var isFirst = !hasEmpty;
            hasEmpty = true;
            return isFirst;
        }

        _ = ids.SlotFor(new(id), out var isNew);
        return isNew;
    }

    public bool Contains(Guid id) => id == Guid.Empty ? hasEmpty : !ids.Find(new(id)).IsFree;

    private readonly struct Slot(Guid id) : IPartedSlot<Slot>
    {
        private readonly Guid id = id;

        public ulong Hash => Fingerprint.OfId(id, kind: 0);

        public bool IsFree => id == Guid.Empty;

        public bool HasKeyOf(in Slot other) => id == other.id;
    }
}
