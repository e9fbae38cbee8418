using CsCheck;

namespace Dataverse.Sync.Tests;

public sealed class SynchronizedBaseTests
{
    private static readonly Gen<ulong> Fingerprints =
        Gen.Frequency((2, Gen.Const(0UL)), (1, Gen.Const(ulong.MaxValue)), (3, Gen.ULong));

    private static readonly Gen<SynchronizedBase> Bases = Gen.Select(Fingerprints, Fingerprints, Gen.Bool).Array[0, 40].Select(fields =>
        new SynchronizedBase(
            Shape(fields.Length),
            [.. fields.Select(field => field.Item1)],
            [.. fields.Select(field => field.Item3 ? field.Item1 : field.Item2)]));

    private static BaseShape Shape(int fields) =>
        new(Enumerable.Range(0, fields).Select(field => new FieldMappingKey($"f{field}")));

    [Fact]
    public void Unpacked_base_is_the_packed_one() => Bases.Sample(synchronized =>
        SynchronizedBase.Unpack(synchronized.Shape, synchronized.Pack()).Equals(synchronized));

    [Fact]
    public void Equal_bases_have_equal_bytes_and_hash_codes() => Bases.Sample(synchronized =>
    {
        var copy = new SynchronizedBase(Shape(synchronized.Local.Length), synchronized.Local, synchronized.Integration);
        return copy.Equals((object)synchronized) && copy.GetHashCode() == synchronized.GetHashCode()
            && copy.Pack().AsSpan().SequenceEqual(synchronized.Pack());
    });

    [Fact]
    public void Malformed_bytes_are_a_format_error_or_a_base() => Gen.Select(Gen.Int[0, 9], Gen.OneOf(
        Gen.Byte.Array[0, 100],
        Gen.Select(
            Bases,
            Gen.Int[0, 100],
            Gen.Byte,
            (synchronized, place, flip) => Flip(synchronized.Pack(), place, flip)),
        Gen.Select(Gen.Byte.Array[0, 3], Gen.Int[0, 20], (flags, fingerprints) => (byte[])[1, .. flags, .. new byte[fingerprints * 8]])))
        .Sample((fields, bytes) =>
        {
            try
            {
                SynchronizedBase.Unpack(Shape(fields), bytes).Local.Length.Should().Be(fields);
            }
            catch (FormatException)
            {
                // What the method promises for bytes that do not fit.
            }
        });

    [Fact]
    public void Bytes_of_another_shape_or_format_are_refused()
    {
        var synchronized = new SynchronizedBase(Shape(3), [1, 2, 0], [1, 5, 0]);
        var packed = synchronized.Pack();

        var unpacks = new Action[]
        {
            () => SynchronizedBase.Unpack(Shape(2), packed),
            () => SynchronizedBase.Unpack(Shape(4), packed),
            () => SynchronizedBase.Unpack(Shape(3), []),
            () => SynchronizedBase.Unpack(Shape(3), packed.AsSpan(0, packed.Length - 1)),
            () => SynchronizedBase.Unpack(Shape(3), [.. packed, 0]),
            () => SynchronizedBase.Unpack(Shape(3), [2, .. packed.AsSpan(1)]),
            () => SynchronizedBase.Unpack(Shape(1), [1, 0b0100, .. new byte[8]]),
        };

        unpacks.Should().AllSatisfy(unpack => unpack.Should().Throw<FormatException>());
    }

    // Stored in every coupling.
    [Fact]
    public void Packed_form_never_changes()
    {
        var synchronized = new SynchronizedBase(
            Shape(5),
            [0, 0x1122334455667788, 3, 0, 5],
            [0, 0x1122334455667788, 4, 9, 0]);

        Convert.ToHexString(synchronized.Pack()).Should().Be(
            "01" + "4B00" + "8877665544332211" + "0300000000000000" + "0400000000000000"
            + "0900000000000000" + "0500000000000000" + "0000000000000000");
    }

    [Fact]
    public void Base_where_both_sides_agree_takes_one_fingerprint_a_field()
    {
        var fingerprints = Enumerable.Range(1, 20).Select(field => (ulong)field).ToArray();

        new SynchronizedBase(Shape(20), fingerprints, fingerprints).Pack().Should().HaveCount(1 + 5 + (20 * 8));
    }

    [Fact]
    public void Sides_are_kept_apart()
    {
        var synchronized = new SynchronizedBase(Shape(2), [1, 2], [1, 3]);

        synchronized.Of(SyncSide.Local).ToArray().Should().Equal(1, 2);
        synchronized.Of(SyncSide.Integration).ToArray().Should().Equal(1, 3);
        synchronized.Should().NotBe(new SynchronizedBase(Shape(2), [1, 3], [1, 2]));
        synchronized.Should().NotBe(new SynchronizedBase(new(["f1", "f0"]), [1, 2], [1, 3]));
    }

    [Fact]
    public void Counts_that_differ_from_the_shape_are_refused()
    {
        var fewer = () => new SynchronizedBase(Shape(2), [1], [1]);
        var uneven = () => new SynchronizedBase(Shape(2), [1, 2], [1]);

        fewer.Should().Throw<ArgumentException>();
        uneven.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Shapes_are_equal_by_their_field_mappings_in_order()
    {
        new BaseShape(["a", "b"]).Should().Be(new BaseShape(["a", "b"])).And.NotBe(new BaseShape(["b", "a"]));
        new BaseShape(["a", "b"]).GetHashCode().Should().Be(new BaseShape(["a", "b"]).GetHashCode());
        new BaseShape(["a"]).Should().NotBe(new BaseShape(["A"])).And.NotBe(new BaseShape([]));
    }

    private static byte[] Flip(byte[] bytes, int place, byte flip)
    {
        bytes[place % bytes.Length] ^= flip;
        return bytes;
    }
}
