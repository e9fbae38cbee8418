namespace Dataverse.Sync.Shared;

/// <summary>Stores a base shape as a blob. Equal shapes have equal blobs, by which a store recognizes them.</summary>
internal static class BaseShapeCodec
{
    public static byte[] Write(BaseShape shape)
    {
        using var writer = new BlobWriter();
        writer.Count(shape.FieldMappings.Count);
        foreach (var key in shape.FieldMappings)
        {
            writer.Text(key.Value);
        }

        return writer.ToArray();
    }

    /// <exception cref="FormatException">The blob is malformed.</exception>
    public static BaseShape Read(ReadOnlySpan<byte> blob)
    {
        var reader = new BlobReader(blob);
        var keys = new FieldMappingKey[reader.Count()];
        for (var index = 0; index < keys.Length; index++)
        {
            keys[index] = reader.Text();
        }

        reader.RequireEnd();
        return new(keys);
    }
}
