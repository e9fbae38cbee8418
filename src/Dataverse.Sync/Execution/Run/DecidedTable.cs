using System.Runtime.InteropServices;

namespace Dataverse.Sync.Execution;

/// <summary>
/// What a run knows of the records that it has processed: 17 bytes for each, because a run of a million records keeps
/// them all until its end.
/// </summary>
/// <remarks>
/// A record is known by 64 bits of its id and side. If two of a million records share them, which happens once in 30
/// million runs, the second replaces the first: the first is processed once more if the run meets it again, and is
/// counted as the second. The table grows in parts, so that no copy of the whole is ever needed.
/// </remarks>
internal sealed class DecidedTable
{
    private const int PartBits = 10;
    private const int FirstCapacity = 8;

    private readonly Part[] parts = new Part[1 << PartBits];

    /// <summary>The entry of a record, or the default if it has none.</summary>
    public Entry Find(RecordKey record)
    {
        var key = KeyOf(record);
        ref var part = ref PartOf(key);
        return part.Slots is { } slots && slots[SlotOf(slots, key)] is { Key: not 0 } found ? found : default;
    }

    /// <summary>Sets the version of a record, and whether the run created it. Keeps its outcome.</summary>
    public void Set(RecordKey record, ulong version, bool isCreated)
    {
        ref var entry = ref SlotFor(KeyOf(record));
        entry.Version = version;
        entry.IsCreated = isCreated;
    }

    /// <summary>Sets the outcome of a record, and keeps its version.</summary>
    public void Set(RecordKey record, PlanOutcome outcome) => SlotFor(KeyOf(record)).SetOutcome(outcome);

    // Zero marks a slot that is free.
    private static ulong KeyOf(RecordKey record)
    {
        var key = Fingerprint.OfId(record.Id, (ulong)record.Side);
        return key == 0 ? 1 : key;
    }

    private ref Part PartOf(ulong key) => ref parts[(int)(key >> (64 - PartBits))];

    private ref Entry SlotFor(ulong key)
    {
        ref var part = ref PartOf(key);
        var slots = part.Slots ??= new Entry[FirstCapacity];
        var slot = SlotOf(slots, key);
        if (slots[slot].Key == 0)
        {
            // A table that is seven eighths full still ends every search soon.
            if ((part.Count + 1) * 8 > slots.Length * 7)
            {
                slots = part.Slots = Grow(slots);
                slot = SlotOf(slots, key);
            }

            part.Count++;
            slots[slot].Key = key;
        }

        return ref slots[slot];
    }

    private static Entry[] Grow(Entry[] slots)
    {
        var larger = new Entry[slots.Length + Math.Max(slots.Length / 4, FirstCapacity)];
        foreach (var entry in slots)
        {
            if (entry.Key != 0)
            {
                larger[SlotOf(larger, entry.Key)] = entry;
            }
        }

        return larger;
    }

    // The slot of the key, or the free one where it belongs. The upper bits have chosen the part.
    private static int SlotOf(Entry[] slots, ulong key)
    {
        var slot = (int)(((key & uint.MaxValue) * (ulong)slots.Length) >> 32);
        while (slots[slot].Key != 0 && slots[slot].Key != key)
        {
            slot = slot + 1 == slots.Length ? 0 : slot + 1;
        }

        return slot;
    }

    /// <summary>What is known of one record.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    internal struct Entry
    {
        private const byte CreatedBit = 0x80;

        private byte facts;

        /// <summary>The digest of the record's id and side.</summary>
        public ulong Key { get; set; }

        /// <summary>The fingerprint of the version that was processed, or zero.</summary>
        public ulong Version { get; set; }

        /// <summary>The outcome under which the record is counted, or null if it is not.</summary>
        public readonly PlanOutcome? Outcome =>
            (facts & ~CreatedBit) is > 0 and var outcome ? (PlanOutcome)(outcome - 1) : null;

        /// <summary>Whether the run created the record and has read nothing of it since.</summary>
        public bool IsCreated
        {
            readonly get => (facts & CreatedBit) != 0;
            set => facts = (byte)(value ? facts | CreatedBit : facts & ~CreatedBit);
        }

        public void SetOutcome(PlanOutcome value) => facts = (byte)((facts & CreatedBit) | ((int)value + 1));
    }

    private struct Part
    {
        public Entry[]? Slots;
        public int Count;
    }
}
