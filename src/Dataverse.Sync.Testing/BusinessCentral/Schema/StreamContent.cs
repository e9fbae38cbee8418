using System.Security.Cryptography;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The content of a picture or file. Immutable.</summary>
internal sealed class StreamContent(ReadOnlyMemory<byte> bytes) : IEquatable<StreamContent>
{
    private string? hash;

    public static StreamContent Empty { get; } = new(default);

    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public bool IsEmpty => Bytes.IsEmpty;

    public bool Equals(StreamContent? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override bool Equals(object? obj) => Equals(obj as StreamContent);

    public override int GetHashCode() => Bytes.Length;

    /// <summary>A hash of the content, for entity tags.</summary>
    public override string ToString() => hash ??= Convert.ToHexString(SHA256.HashData(Bytes.Span));
}
