using CsCheck;

namespace Dataverse.Sync.Tests;

public sealed class FingerprintTests
{
    [Fact]
    [Trait("parity", "BC-2.2-04")]
    public void Equal_values_have_equal_fingerprints() => Gen.Select(Values.Few, Values.Few).Sample((left, right) =>
        left != right || Fingerprint.Of(left) == Fingerprint.Of(right));

    [Fact]
    public void Different_values_have_different_fingerprints() => Gen.Select(Values.Few, Values.Few).Sample((left, right) =>
        MeansTheSame(left, right) == (Fingerprint.Of(left) == Fingerprint.Of(right)));

    [Fact]
    public void Texts_that_differ_in_one_place_have_different_fingerprints() => Gen.Select(
        Gen.String[1, 40],
        Gen.Int[0, 39],
        Gen.Char).Sample((text, place, other) =>
    {
        var characters = text.ToCharArray();
        characters[place % characters.Length] = other;
        var changed = new string(characters);
        return text == changed || Fingerprint.Of(FieldValue.Text(text)) != Fingerprint.Of(FieldValue.Text(changed));
    });

    [Fact]
    public void Amounts_have_one_fingerprint_whatever_their_scale() => Gen.Select(
        Gen.Long,
        Gen.Byte[0, 9],
        Gen.Byte[0, 9]).Sample((mantissa, scale, zeros) =>
    {
        var amount = new decimal((int)mantissa, (int)(mantissa >> 32), 0, mantissa < 0, scale);
        var wider = amount * new decimal(1, 0, 0, false, zeros) / new decimal(1, 0, 0, false, zeros);
        var padded = amount + new decimal(0, 0, 0, false, (byte)(scale + zeros));
        return Of(amount) == Of(wider) && Of(amount) == Of(padded);
    });

    [Fact]
    public void Amounts_that_differ_have_different_fingerprints() => Gen.Select(Values.Amounts, Values.Amounts).Sample((left, right) =>
        (left == right) == (Of(left) == Of(right)));

    [Fact]
    public void Whole_number_has_the_fingerprint_of_the_same_decimal() => Gen.Long.Sample(number =>
        Fingerprint.Of(FieldValue.Integer(number)) == Of(number));

    [Fact]
    public void Zero_has_one_fingerprint_with_and_without_a_sign()
    {
        var zero = Of(0m);

        Of(new decimal(0, 0, 0, isNegative: true, scale: 0)).Should().Be(zero);
        Of(-0.00m).Should().Be(zero);
        Of(0.000m).Should().Be(zero);
        Fingerprint.Of(FieldValue.Integer(0)).Should().Be(zero);
    }

    [Fact]
    public void Blank_alone_has_the_fingerprint_zero()
    {
        Fingerprint.Of(FieldValue.Blank).Should().Be(0);
        Values.Any.Sample(value => value.IsBlank == (Fingerprint.Of(value) == 0));
    }

    [Fact]
    public void Reference_has_the_fingerprint_of_its_id() => Gen.Guid.Sample(id =>
        Fingerprint.Of(FieldValue.Reference(id, "account")) == Fingerprint.Of(FieldValue.Identifier(id)));

    // Couplings that were stored when these columns were read as numbers and texts stay valid.
    [Fact]
    public void Duration_has_the_fingerprint_of_its_minutes_and_a_set_of_options_that_of_its_text() =>
        Gen.Select(Gen.Int, Gen.Int.Array[1, 5]).Sample((minutes, options) =>
            Fingerprint.Of(FieldValue.Duration(TimeSpan.FromMinutes(minutes))) == Fingerprint.Of(FieldValue.Integer(minutes))
            && Fingerprint.Of(FieldValue.MultiChoice(options))
                == Fingerprint.Of(FieldValue.Text(string.Join(',', options.Distinct().Order()))));

    [Fact]
    public void Durations_that_differ_in_the_smallest_unit_have_different_fingerprints() => Gen.Long[long.MinValue, long.MaxValue - 1]
        .Sample(ticks => Fingerprint.Of(FieldValue.Duration(new(ticks))) != Fingerprint.Of(FieldValue.Duration(new(ticks + 1))));

    [Fact]
    public void Version_tag_has_a_fingerprint_of_its_own()
    {
        Fingerprint.OfVersion(null).Should().Be(0);
        Fingerprint.OfVersion(string.Empty).Should().NotBe(0);
        Fingerprint.OfVersion("W/\"1\"")
            .Should().NotBe(Fingerprint.OfVersion("W/\"2\"")).And.NotBe(Fingerprint.Of(FieldValue.Text("W/\"1\"")));
    }

    // Stored in every coupling: another number would make every record look edited after an update of the library.
    [Fact]
    public void Fingerprints_never_change()
    {
        var id = new Guid("5f0c2f6d-9a51-4a77-8a3c-0d3f6e7b1c11");

        Fingerprint.Of(FieldValue.Text("Adatum Corporation")).Should().Be(0xB505A919DD749526);
        Fingerprint.Of(FieldValue.Text("ü😀")).Should().Be(0x154BF45FCD1A4FB2);
        Fingerprint.Of(FieldValue.Boolean(true)).Should().Be(0x6E72BA9AE849F1E2);
        Fingerprint.Of(FieldValue.Boolean(false)).Should().Be(0x431202EBC7AE9DC6);
        Fingerprint.Of(FieldValue.Integer(-42)).Should().Be(0x94FE35A6614A1CC7);
        Fingerprint.Of(FieldValue.Decimal(10.50m)).Should().Be(0xC05CE6727E434515);
        Fingerprint.Of(FieldValue.Identifier(id)).Should().Be(0x8628F7DDD33668DA);
        Fingerprint.Of(FieldValue.Date(new(2026, 3, 1))).Should().Be(0x49B7C9BCB972C959);
        Fingerprint.Of(FieldValue.DateTime(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero))).Should().Be(0x02054689C77D2D15);
        Fingerprint.Of(FieldValue.MultiChoice(3, 1)).Should().Be(Fingerprint.Of(FieldValue.Text("1,3")));
        Fingerprint.Of(FieldValue.Duration(new(0, 1, 30))).Should().Be(Fingerprint.Of(FieldValue.Decimal(1.5m)));
        Fingerprint.OfVersion("W/\"123456\"").Should().Be(0x59A27BD9FCB6BDCE);
    }

    private static ulong Of(decimal amount) => Fingerprint.Of(FieldValue.Decimal(amount));

    private static bool MeansTheSame(FieldValue left, FieldValue right) => left == right
        || (IsNumber(left) && IsNumber(right) && AmountOf(left) == AmountOf(right))
        || (IsId(left) && IsId(right) && left.AsIdentifier() == right.AsIdentifier());

    private static bool IsNumber(FieldValue value) =>
        value.Kind is FieldValueKind.Integer or FieldValueKind.Decimal or FieldValueKind.Duration;

    private static decimal AmountOf(FieldValue value) => value.Kind == FieldValueKind.Duration
        ? (decimal)value.AsDuration().TotalMinutes
        : value.AsDecimal();

    private static bool IsId(FieldValue value) => value.Kind is FieldValueKind.Identifier or FieldValueKind.Reference;
}
