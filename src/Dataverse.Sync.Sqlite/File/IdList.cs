namespace Dataverse.Sync.Sqlite;

/// <summary>Many ids as one parameter, so that a page is one statement: their bytes one after the other, taken apart by SQLite.</summary>
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

    /// <summary>The query of the ids in a parameter; as the operand of <c>IN</c> it names each once, in order.</summary>
    public static string Select(string parameter) =>
        $"""
        (WITH RECURSIVE place(start) AS (
            SELECT 1 WHERE length({parameter}) > 0
            UNION ALL SELECT start + 16 FROM place WHERE start + 16 < length({parameter}))
        SELECT substr({parameter}, start, 16) FROM place)
        """;
}
