using CsCheck;

namespace Dataverse.Sync.Tests;

/// <summary>Generators of field values.</summary>
internal static class Values
{
    /// <summary>Amounts of every size and scale, zero with a sign included.</summary>
    public static Gen<decimal> Amounts { get; } = Gen.OneOf(
        Gen.Decimal,
        Gen.Select(
            Gen.Int,
            Gen.Int,
            Gen.Int,
            Gen.Bool,
            Gen.Byte[0, 28],
            (low, middle, high, negative, scale) => new decimal(low, middle, high, negative, scale)),
        Gen.Select(
            Gen.Int[-20, 20],
            Gen.Byte[0, 28],
            (mantissa, scale) => new decimal(Math.Abs(mantissa), 0, 0, mantissa < 0, scale)),
        Gen.Select(Gen.Bool, Gen.Byte[0, 28], (negative, scale) => new decimal(0, 0, 0, negative, scale)));

    public static Gen<FieldValue> Any { get; } = Gen.OneOf(
        Gen.Const(FieldValue.Blank),
        Gen.String.Select(FieldValue.Text),
        Gen.Bool.Select(FieldValue.Boolean),
        Gen.Long.Select(FieldValue.Integer),
        Amounts.Select(FieldValue.Decimal),
        Gen.Guid.Select(FieldValue.Identifier),
        Gen.DateOnly.Select(FieldValue.Date),
        Gen.DateTimeOffset.Select(FieldValue.DateTime),
        Gen.Int.Array[0, 4].Select(options => FieldValue.MultiChoice(options)),
        Gen.Long.Select(ticks => FieldValue.Duration(new TimeSpan(ticks))),
        Gen.Long[0, TimeOnly.MaxValue.Ticks].Select(ticks => FieldValue.Time(new TimeOnly(ticks))),
        Gen.Select(Gen.Guid, Gen.OneOf(Gen.Const("account"), Gen.Const("contact")), FieldValue.Reference));

    /// <summary>Few values of each kind, so that two are often equal.</summary>
    public static Gen<FieldValue> Few { get; } = Gen.OneOf(
        Gen.Const(FieldValue.Blank),
        Gen.String[Gen.Char["abA"], 0, 3].Select(FieldValue.Text),
        Gen.Bool.Select(FieldValue.Boolean),
        Gen.Long[-2, 2].Select(FieldValue.Integer),
        Gen.Int[-4, 4].Select(half => FieldValue.Decimal(half / 2m)),
        Gen.Int[0, 2].Select(number => FieldValue.Identifier(Id(number))),
        Gen.Int[0, 2].Select(day => FieldValue.Date(new DateOnly(2026, 3, 1).AddDays(day))),
        Gen.Int[0, 2]
            .Select(day => FieldValue.DateTime(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day))),
        Gen.Int[1, 2].Array[0, 3].Select(options => FieldValue.MultiChoice(options)),
        Gen.Int[-1, 1].Select(minutes => FieldValue.Duration(TimeSpan.FromMinutes(minutes))),
        Gen.Int[0, 2].Select(hour => FieldValue.Time(new TimeOnly(hour, 0))),
        Gen.Select(Gen.Int[0, 2], Gen.Bool, (number, account) => FieldValue.Reference(Id(number), account ? "account" : "contact")));

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
