using CsCheck;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class BaseShapeCodecTests
{
    [Fact]
    public void Shapes_come_back_as_they_were() => Gen.String.Array[0, 40].Sample(keys =>
        BaseShapeCodec.Read(BaseShapeCodec.Write(new(keys))).Equals(new BaseShape(keys)));

    [Fact]
    public void Shapes_that_differ_have_bytes_that_differ()
    {
        string[][] shapes = [[], [""], ["", ""], ["a"], ["a", "b"], ["ab"], ["b", "a"], ["A"]];

        shapes.Select(keys => Convert.ToHexString(BaseShapeCodec.Write(new(keys)))).Should().OnlyHaveUniqueItems();
    }
}
