namespace Dataverse.Sync.Sqlite;

/// <summary>Writes the little-endian parts of a blob.</summary>
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

    // As 16-bit characters, so that a text comes back exactly as it was, also where it is no well-formed Unicode.
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
