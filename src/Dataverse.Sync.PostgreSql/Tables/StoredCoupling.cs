using Dataverse.Sync.Shared;

namespace Dataverse.Sync.PostgreSql;

/// <summary>A coupling as it was read, before the shape of its base is known.</summary>
internal sealed record StoredCoupling(Coupling Coupling, long Mapping, long? ShapeId, byte[]? Base)
{
    public static StoredCoupling Read(Row row) => new(
        new()
        {
            LocalId = row.Guid(0),
            IntegrationId = row.Guid(1),
            LocalVersion = unchecked((ulong)row.Int64(2)),
            IntegrationVersion = unchecked((ulong)row.Int64(3)),
            SynchronizedOn = row.UnixSecondsOrNull(4),
        },
        row.Int64(7),
        row.Int64OrNull(5),
        row.BlobOrNull(6));

    /// <exception cref="FormatException">The base is malformed, or the store does not contain its shape.</exception>
    public Coupling ToCoupling(StoreConnection connection, BaseShapes shapes)
    {
        if (ShapeId is not { } shape)
        {
            return Coupling;
        }

        var slot = ValueSlot.OfBase(Mapping, Coupling.LocalId, Coupling.IntegrationId, shape);
        var packed = connection.Reveal(Base ?? throw new FormatException("A stored base is missing."), slot);
        return Coupling with { Base = SynchronizedBase.Unpack(shapes.Get(shape), packed) };
    }
}
