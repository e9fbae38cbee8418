namespace Dataverse.Sync.Shared;

/// <summary>Stores the records that make a partner doubtful: for each its side, its id, its version, and its state.</summary>
internal static class MatchCandidateCodec
{
    public static byte[]? Write(IReadOnlyList<MatchCandidate> candidates)
    {
        if (candidates.Count == 0)
        {
            return null;
        }

        using var writer = new BlobWriter();
        writer.Count(candidates.Count);
        foreach (var candidate in candidates)
        {
            writer.Byte((byte)candidate.Record.Side);
            writer.Guid(candidate.Record.Id);
            writer.Int64(unchecked((long)candidate.Version));
            writer.Byte(candidate.IsCoupled ? (byte)1 : (byte)0);
        }

        return writer.ToArray();
    }

    /// <exception cref="FormatException">The blob was not written by <see cref="Write"/>.</exception>
    public static IReadOnlyList<MatchCandidate> Read(ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty)
        {
            return [];
        }

        var reader = new BlobReader(blob);
        var candidates = new List<MatchCandidate>();
        for (var count = reader.Count(); count > 0; count--)
        {
            var record = new RecordKey(SideOf(reader.Byte()), reader.Guid());
            candidates.Add(new(record, unchecked((ulong)reader.Int64()), reader.Byte() != 0));
        }

        reader.RequireEnd();
        return candidates;
    }

    private static SyncSide SideOf(byte side) =>
        side <= (byte)SyncSide.Integration ? (SyncSide)side : throw BlobReader.Malformed();
}
