using System.Text;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.PostgreSql;

/// <summary>An entry of the journal as it was read, before the shape of its outcome is known.</summary>
internal sealed record StoredIntent(Intent Intent, long Mapping, long? ShapeId, byte[]? Outcome, byte[]? BusinessKey)
{
    public static StoredIntent Read(Row row) => new(
        new()
        {
            Id = row.Guid(0),
            Target = (SyncSide)row.Byte(1),
            Kind = (WriteKind)row.Byte(2),
            TargetId = row.Guid(3),
            SourceId = row.Guid(4),
            JournaledOn = row.Instant(5),
            SendBefore = row.InstantOrNull(9),
        },
        row.Int64(10),
        row.Int64OrNull(6),
        row.BlobOrNull(7),
        row.BlobOrNull(8));

    /// <exception cref="FormatException">The outcome is malformed, or the store does not contain its shape.</exception>
    public Intent ToIntent(StoreConnection connection, BaseShapes shapes) => Intent with
    {
        Outcome = ShapeId is { } shape ? ReadOutcome(connection, shapes, shape) : null,
        BusinessKey = BusinessKey is null
            ? null
            : Encoding.UTF8.GetString(connection.Reveal(BusinessKey, ValueSlot.OfBusinessKey(Mapping, Intent.Id))),
    };

    private SynchronizedBase ReadOutcome(StoreConnection connection, BaseShapes shapes, long shape)
    {
        var stored = Outcome ?? throw new FormatException("A stored base is missing.");
        return SynchronizedBase.Unpack(
            shapes.Get(shape), connection.Reveal(stored, ValueSlot.OfOutcome(Mapping, Intent.Id, shape)));
    }
}
