namespace Dataverse.Sync.PostgreSql;

/// <summary>The ids of the base shapes that a commit uses.</summary>
/// <param name="known">The shapes that were stored before.</param>
/// <param name="added">The shapes that the transaction of the commit looked up or stored.</param>
internal sealed class ShapeIds(BaseShapes known, Dictionary<BaseShape, long> added)
{
    private BaseShape? lastShape;
    private long lastId;

    /// <summary>The shapes to remember when the transaction is committed.</summary>
    public IReadOnlyDictionary<BaseShape, long> Added => added;

    /// <summary>The id of the shape of a base; null if there is no base.</summary>
    public long? Of(SynchronizedBase? synchronized)
    {
        if (synchronized is null)
        {
            return null;
        }

        if (!ReferenceEquals(synchronized.Shape, lastShape))
        {
            lastId = added.TryGetValue(synchronized.Shape, out var id)
                ? id
                : known.IdOf(synchronized.Shape) ?? throw new FormatException("The store lost a base shape.");
            lastShape = synchronized.Shape;
        }

        return lastId;
    }
}
