using CsCheck;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class BaseShapeCodecTests
{
    [Fact]
    public void Shapes_come_back_as_they_were() => Gen.String.Array[0, 40].Sample(keys =>
        BaseShapeCodec.Read(BaseShapeCodec.Write(ShapeOf(keys))).Equals(ShapeOf(keys)));

    [Fact]
    public void Shapes_that_differ_have_bytes_that_differ()
    {
        string[][] shapes = [[], [""], ["", ""], ["a"], ["a", "b"], ["ab"], ["b", "a"], ["A"]];

        shapes.Select(keys => Convert.ToHexString(BaseShapeCodec.Write(ShapeOf(keys)))).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Malformed_bytes_are_a_format_error_or_a_shape() => Gen.OneOf(
        Gen.Byte.Array[0, 60],
        Gen.Select(Gen.String.Array[0, 8], Gen.Int[0, 200], Gen.Byte, Flip)).Sample(bytes =>
        {
            try
            {
                _ = BaseShapeCodec.Read(bytes);
            }
            catch (FormatException)
            {
                // The only failure that the store expects.
            }
        });

    private static BaseShape ShapeOf(IEnumerable<string> keys) => new(keys.Select(FieldMappingKey.FromString));

    private static byte[] Flip(string[] keys, int place, byte value)
    {
        var bytes = BaseShapeCodec.Write(ShapeOf(keys));
        bytes[place % bytes.Length] ^= value;
        return bytes;
    }
}
