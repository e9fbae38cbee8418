namespace Dataverse.Sync.Sqlite;

/// <summary>
/// Passes many ids as one parameter, so that a page of records needs one statement. SQLite splits the concatenated
/// bytes.
/// </summary>
internal static class IdList
{
    public static byte[] Pack(IReadOnlyCollection<Guid> ids)
    {
        var packed = new byte[ids.Count * IdBytes.Length];
        var rest = packed.AsSpan();
        foreach (var id in ids)
        {
            IdBytes.Write(id, rest[..IdBytes.Length]);
            rest = rest[IdBytes.Length..];
        }

        return packed;
    }

    /// <summary>The ids that were packed.</summary>
    /// <exception cref="FormatException">The bytes are not those of whole ids.</exception>
    public static Guid[] Unpack(ReadOnlySpan<byte> packed)
    {
        var ids = new Guid[packed.Length / IdBytes.Length];
        for (var index = 0; index < ids.Length; index++)
        {
            ids[index] = IdBytes.Read(packed.Slice(index * IdBytes.Length, IdBytes.Length));
        }

        return packed.Length % IdBytes.Length == 0
            ? ids
            : throw new FormatException("A stored list of ids is malformed.");
    }

    /// <summary>
    /// The subquery that selects the ids of a parameter. As the operand of <c>IN</c> it returns each id once, in
    /// ascending order.
    /// </summary>
    public static string Select(string parameter) =>
        $"""
        (WITH RECURSIVE place(start) AS (
            SELECT 1 WHERE length({parameter}) > 0
            UNION ALL SELECT start + 16 FROM place WHERE start + 16 < length({parameter}))
        SELECT substr({parameter}, start, 16) FROM place)
        """;
}
