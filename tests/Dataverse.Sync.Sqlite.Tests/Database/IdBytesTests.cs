using System.Data.SqlTypes;
using CsCheck;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class IdBytesTests
{
    [Fact]
    public void Id_comes_back_as_it_was() => Gen.Guid.Sample(id => IdBytes.Read(Bytes(id)) == id);

    [Fact]
    public void Bytes_compare_as_SQL_Server_compares_ids() => Gen.Select(Gen.Guid, Gen.Guid, Gen.Int[0, 15]).Sample((first, second, equalBytes) =>
    {
        // Random ids differ in the first byte that counts; these agree in some of them.
        var near = IdBytes.Read([.. Bytes(first)[..equalBytes], .. Bytes(second)[equalBytes..]]);
        return Math.Sign(Bytes(first).AsSpan().SequenceCompareTo(Bytes(near))) == Math.Sign(new SqlGuid(first).CompareTo(new SqlGuid(near)));
    });

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void Bytes_of_another_length_are_a_format_error(int length)
    {
        var read = () => IdBytes.Read(new byte[length]);

        read.Should().Throw<FormatException>();
    }

    private static byte[] Bytes(Guid id)
    {
        var bytes = new byte[IdBytes.Length];
        IdBytes.Write(id, bytes);
        return bytes;
    }
}
