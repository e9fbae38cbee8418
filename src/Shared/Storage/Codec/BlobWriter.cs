namespace Dataverse.Sync.Shared;

/// <summary>Writes the parts of a blob, in little-endian order.</summary>
internal sealed class BlobWriter : IDisposable
{
    private readonly MemoryStream stream = new();
    private readonly BinaryWriter writer;

    public BlobWriter() => writer = new(stream);

    public void Byte(byte value) => writer.Write(value);

    public void Count(int value) => writer.Write7BitEncodedInt(value);

    public void Int64(long value) => writer.Write(value);

    public void Decimal(decimal value) => writer.Write(value);

    public void Guid(Guid value) => writer.Write(value.ToByteArray());

    // As UTF-16 code units, so that text that is not well-formed Unicode is restored exactly too.
    public void Text(string value)
    {
        Count(value.Length);
        foreach (var character in value)
        {
            writer.Write((ushort)character);
        }
    }

    public byte[] ToArray() => stream.ToArray();

    public void Dispose() => writer.Dispose();
}
