using System.Buffers.Binary;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The size and media type of an image, as its first bytes tell.</summary>
internal sealed record ImageHeader(string MediaType, long Width, long Height)
{
    /// <summary>Reads the header of a PNG, JPEG, GIF, or BMP image.</summary>
    /// <returns>The header, or null if the content is no such image.</returns>
    public static ImageHeader? Read(ReadOnlySpan<byte> content) =>
        content.StartsWith(Png) ? ReadPng(content)
        : content.StartsWith("GIF8"u8) ? ReadGif(content)
        : content.StartsWith("BM"u8) ? ReadBmp(content)
        : content.StartsWith(Jpeg) ? ReadJpeg(content)
        : null;

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    private static ImageHeader? ReadPng(ReadOnlySpan<byte> content) => content.Length < 24
        ? null
        : new(
            "image/png",
            BinaryPrimitives.ReadUInt32BigEndian(content[16..]), BinaryPrimitives.ReadUInt32BigEndian(content[20..]));

    private static ImageHeader? ReadGif(ReadOnlySpan<byte> content) => content.Length < 10
        ? null
        : new(
            "image/gif",
            BinaryPrimitives.ReadUInt16LittleEndian(content[6..]), BinaryPrimitives.ReadUInt16LittleEndian(content[8..]));

    // A bitmap that is stored from the top has a negative height.
    private static ImageHeader? ReadBmp(ReadOnlySpan<byte> content) => content.Length < 26
        ? null
        : new(
            "image/bmp",
            BinaryPrimitives.ReadInt32LittleEndian(content[18..]),
            Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(content[22..])));

    // Segments follow one another until the frame, which tells the size.
    private static ImageHeader? ReadJpeg(ReadOnlySpan<byte> content)
    {
        var position = 2;
        while (position + 9 <= content.Length && content[position] == 0xFF)
        {
            var marker = content[position + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return new(
                    "image/jpeg",
                    BinaryPrimitives.ReadUInt16BigEndian(content[(position + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(content[(position + 5)..]));
            }

            position += 2 + BinaryPrimitives.ReadUInt16BigEndian(content[(position + 2)..]);
        }

        return null;
    }
}
