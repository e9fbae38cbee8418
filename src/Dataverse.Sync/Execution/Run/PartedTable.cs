namespace Dataverse.Sync.Execution;

/// <summary>
/// A hash table of entries that are never removed. It grows in parts, so that no copy of the whole is ever needed, and
/// is at least seven tenths full once it is large.
/// </summary>
internal sealed class PartedTable<TSlot>
    where TSlot : struct, IPartedSlot<TSlot>
{
    private const int PartBits = 10;
    private const int FirstCapacity = 8;

    private readonly Part[] parts = new Part[1 << PartBits];

    /// <summary>The entry with the key of another one, or a free slot.</summary>
    public TSlot Find(in TSlot wanted) =>
        PartOf(wanted).Slots is { } slots ? slots[PlaceOf(slots, wanted)] : default;

    /// <summary>The slot of an entry, which is added if the table lacks it.</summary>
    public ref TSlot SlotFor(in TSlot wanted, out bool isNew)
    {
        ref var part = ref PartOf(wanted);
        var slots = part.Slots ??= new TSlot[FirstCapacity];
        var place = PlaceOf(slots, wanted);
        isNew = slots[place].IsFree;
        if (isNew)
        {
            // A part that is seven eighths full still ends every search soon.
            if ((part.Count + 1) * 8 > slots.Length * 7)
            {
                slots = part.Slots = Grow(slots);
                place = PlaceOf(slots, wanted);
            }

            part.Count++;
            slots[place] = wanted;
        }

        return ref slots[place];
    }

    private ref Part PartOf(in TSlot wanted) => ref parts[(int)(wanted.Hash >> (64 - PartBits))];

    private static TSlot[] Grow(TSlot[] slots)
    {
        var larger = new TSlot[slots.Length + Math.Max(slots.Length / 4, FirstCapacity)];
        foreach (ref var slot in slots.AsSpan())
        {
            if (!slot.IsFree)
            {
                larger[PlaceOf(larger, slot)] = slot;
            }
        }

        return larger;
    }

    // The place of the entry, or the free one where it belongs. The upper bits have chosen the part.
    private static int PlaceOf(TSlot[] slots, in TSlot wanted)
    {
        var place = (int)(((wanted.Hash & uint.MaxValue) * (ulong)slots.Length) >> 32);
        while (!slots[place].IsFree && !slots[place].HasKeyOf(wanted))
        {
            place = place + 1 == slots.Length ? 0 : place + 1;
        }

        return place;
    }

    private struct Part
    {
        public TSlot[]? Slots;
        public int Count;
    }
}
