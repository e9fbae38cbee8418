using CsCheck;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class FieldConflictCodecTests
{
    private static readonly Gen<FieldValue> Values = Gen.OneOf(
        Gen.Const(FieldValue.Blank),
        Gen.String.Select(FieldValue.Text),
        Gen.Bool.Select(FieldValue.Boolean),
        Gen.Long.Select(FieldValue.Integer),
        Gen.Decimal.Select(FieldValue.Decimal),
        Gen.Guid.Select(FieldValue.Identifier),
        Gen.DateOnly.Select(FieldValue.Date),
        Gen.DateTimeOffset.Select(FieldValue.DateTime),
        Gen.Int.Array[0, 5].Select(options => FieldValue.MultiChoice(options)),
        Gen.Long.Select(ticks => FieldValue.Duration(new TimeSpan(ticks))),
        Gen.Long[0, TimeOnly.MaxValue.Ticks].Select(ticks => FieldValue.Time(new TimeOnly(ticks))),
        Gen.Select(Gen.Guid, Gen.String[1, 40], FieldValue.Reference));

    private static readonly Gen<FieldConflict[]> Fields = Gen.Select(
        Gen.String[0, 60], Values, Values, Gen.Enum<ConflictResolution>(),
        (key, local, integration, resolution) => new FieldConflict(key, local, integration, resolution)).Array[0, 12];

    [Fact]
    public void Fields_of_every_kind_come_back_as_they_were() => Fields.Sample(fields =>
        FieldConflictCodec.Read(FieldConflictCodec.Write(fields)).SequenceEqual(fields));

    [Fact]
    public void Decimals_keep_their_scale() => Gen.Decimal.Sample(amount =>
    {
        var fields = FieldConflictCodec.Read(FieldConflictCodec.Write([new("amount", FieldValue.Decimal(amount), default)]));
        return decimal.GetBits(fields[0].Local.AsDecimal()).SequenceEqual(decimal.GetBits(amount));
    });

    [Fact]
    public void Malformed_bytes_are_a_format_error_or_fields() => Gen.OneOf(
        Gen.Byte.Array[0, 60],
        Gen.Select(Fields, Gen.Int[0, 200], Gen.Byte, Flip)).Sample(bytes =>
        {
            try
            {
                _ = FieldConflictCodec.Read(bytes);
                return true;
            }
            catch (FormatException)
            {
                return true;
            }
        });

    [Fact]
    public void Bytes_that_are_cut_off_or_go_on_are_a_format_error() => Gen.Select(Fields, Gen.Int[1, 30]).Sample((fields, length) =>
    {
        var whole = FieldConflictCodec.Write(fields);
        var cut = () => FieldConflictCodec.Read(whole.AsSpan(0, Math.Max(0, whole.Length - length)));
        var longer = () => FieldConflictCodec.Read([.. whole, .. new byte[length]]);
        cut.Should().Throw<FormatException>();
        longer.Should().Throw<FormatException>();
    });

    private static byte[] Flip(FieldConflict[] fields, int place, byte value)
    {
        var bytes = FieldConflictCodec.Write(fields);
        bytes[place % bytes.Length] ^= value;
        return bytes;
    }
}
