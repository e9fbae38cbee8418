using System.Buffers.Binary;

namespace Dataverse.Sync.Shared;

/// <summary>
/// The place of an encrypted value: its column and the ids of its row. It is authenticated with the value, so that a
/// value that was moved to another place is refused.
/// </summary>
internal readonly record struct ValueSlot(ValueColumn Column, long Mapping, Guid First, Guid Second, long? Shape)
{
    public const int Length = 1 + sizeof(long) + (2 * IdLength) + sizeof(long) + 1;

    private const int IdLength = 16;

    public static ValueSlot OfBase(long mapping, Guid local, Guid integration, long? shape) =>
        new(ValueColumn.CouplingBase, mapping, local, integration, shape);

    public static ValueSlot OfOutcome(long mapping, Guid intent, long? shape) =>
        new(ValueColumn.IntentOutcome, mapping, intent, Guid.Empty, shape);

    public static ValueSlot OfBusinessKey(long mapping, Guid intent) =>
        new(ValueColumn.IntentBusinessKey, mapping, intent, Guid.Empty, null);

    public static ValueSlot OfJournal(long mapping, Guid entry) =>
        new(ValueColumn.JournalIntents, mapping, entry, Guid.Empty, null);

    public static ValueSlot OfConflict(long mapping, Guid conflict) =>
        new(ValueColumn.ConflictFields, mapping, conflict, Guid.Empty, null);

    public void Write(Span<byte> destination)
    {
        destination[0] = (byte)Column;
        destination[1] = Shape is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64LittleEndian(destination[2..], Mapping);
        BinaryPrimitives.WriteInt64LittleEndian(destination[10..], Shape ?? 0);
        _ = First.TryWriteBytes(destination[18..]);
        _ = Second.TryWriteBytes(destination[34..]);
    }
}
