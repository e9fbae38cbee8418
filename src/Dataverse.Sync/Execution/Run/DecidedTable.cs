using System.Runtime.InteropServices;

namespace Dataverse.Sync.Execution;

/// <summary>
/// What a run knows of the records that it has processed: 17 bytes for each, because a run of a million records keeps
/// them all until its end.
/// </summary>
/// <remarks>
/// A record is known by 64 bits of its id and side. If two of a million records share them, which happens once in 30
/// million runs, the second replaces the first: the first is processed once more if the run meets it again, and is
/// counted as the second.
/// </remarks>
internal sealed class DecidedTable
{
    private readonly PartedTable<Entry> entries = new();

    /// <summary>The entry of a record, or the default if it has none.</summary>
    public Entry Find(RecordKey record) => entries.Find(new(record));

    /// <summary>Sets the version of a record, and whether the run created it. Keeps its outcome.</summary>
    public void Set(RecordKey record, ulong version, bool isCreated)
    {
        ref var entry = ref entries.SlotFor(new(record), out _);
        entry.Version = version;
        entry.IsCreated = isCreated;
    }

    /// <summary>Sets the outcome of a record, and keeps its version.</summary>
    public void Set(RecordKey record, PlanOutcome outcome) => entries.SlotFor(new(record), out _).SetOutcome(outcome);

    /// <summary>What is known of one record.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    internal struct Entry : IPartedSlot<Entry>
    {
        private const byte CreatedBit = 0x80;

        private readonly ulong key;
        private byte facts;

        /// <summary>Initializes a new instance of the <see cref="Entry"/> struct for a record of which nothing is known.</summary>
        public Entry(RecordKey record)
        {
            // Zero marks a slot that is free.
            key = Fingerprint.OfId(record.Id, (ulong)record.Side);
            key = key == 0 ? 1 : key;
        }

        public readonly ulong Hash => key;

        public readonly bool IsFree => key == 0;

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

        public readonly bool HasKeyOf(in Entry other) => key == other.key;

        public void SetOutcome(PlanOutcome value) => facts = (byte)((facts & CreatedBit) | ((int)value + 1));
    }
}
