using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Dataverse.Sync.Shapes;

/// <summary>Finds the translation of a type of .NET.</summary>
internal static class ValueCodecs
{
    // A group separator would turn the "1,5" of many languages into 15.
    private const NumberStyles PlainNumber = NumberStyles.Number & ~NumberStyles.AllowThousands;

    private static readonly FieldType[] Whole = [FieldType.Integer, FieldType.Choice];
    private static readonly FieldType[] Numbers = [FieldType.Integer, FieldType.Decimal];
    private static readonly FieldType[] Ids = [FieldType.Identifier, FieldType.Reference];

    private static readonly FrozenDictionary<Type, object> Known = All().ToFrozenDictionary();

    /// <summary>Returns the translation of a type, or null if there is none.</summary>
    /// <param name="allowsNull">Whether a blank text is null instead of empty.</param>
    /// <param name="enums">How enumerations are stored.</param>
    /// <param name="referencedTable">The table to which a GUID refers, or null.</param>
    public static ValueCodec<TValue>? Find<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TValue>(
        bool allowsNull, EnumForm enums, string? referencedTable)
    {
        var type = typeof(TValue);
        object? found = referencedTable is not null && type == typeof(Guid) ? new ReferenceCodec(referencedTable)
            : referencedTable is not null && type == typeof(Guid?) ? new NullableCodec<Guid>(new ReferenceCodec(referencedTable))
            : referencedTable is not null ? null
            : type == typeof(string) ? new TextCodec(allowsNull)
            : EnumOf(type) is { } enumeration ? new EnumCodec<TValue>(enumeration, enums)
            : Known.GetValueOrDefault(type);
        return (ValueCodec<TValue>?)found;
    }

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)]
    [UnconditionalSuppressMessage(
        "Trimming", "IL2073", Justification = "The fields of an enumeration are kept as long as the enumeration is.")]
    [UnconditionalSuppressMessage(
        "Trimming", "IL2068", Justification = "The fields of an enumeration are kept as long as the enumeration is.")]
    private static Type? EnumOf(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } enumeration ? enumeration : null;

    private static Dictionary<Type, object> All()
    {
        var found = new Dictionary<Type, object> { [typeof(FieldValue)] = new RawCodec() };
        Add<bool>(
            found, [FieldType.Boolean], value => value.Kind == FieldValueKind.Boolean ? value.AsBoolean() : null, FieldValue.Boolean);
        AddNumbers(found);
        Add<Guid>(found, Ids, value => value.IsId ? value.AsIdentifier() : null, FieldValue.Identifier);
        Add<DateOnly>(
            found, [FieldType.Date], value => value.Kind == FieldValueKind.Date ? value.AsDate() : null, OfDate);
        Add<DateTimeOffset>(found, [FieldType.DateTime], InstantOf, OfInstant);
        Add<DateTime>(found, [FieldType.DateTime], value => InstantOf(value)?.UtcDateTime, OfDateTime);
        return found;
    }

    private static void AddNumbers(Dictionary<Type, object> found)
    {
        AddWhole<byte>(found, byte.MinValue, byte.MaxValue, value => value);
        AddWhole<short>(found, short.MinValue, short.MaxValue, value => value);
        AddWhole<int>(found, int.MinValue, int.MaxValue, value => value);
        AddWhole<long>(found, long.MinValue, long.MaxValue, value => value);
        Add<decimal>(found, Numbers, NumberOf, FieldValue.Decimal);
        Add<double>(found, Numbers, value => (double?)NumberOf(value), value => OfFloatingPoint(() => (decimal)value));
        Add<float>(found, Numbers, value => (float?)NumberOf(value), value => OfFloatingPoint(() => (decimal)value));
    }

    private static void AddWhole<TValue>(
        Dictionary<Type, object> found, decimal least, decimal most, Func<TValue, long> toLong)
        where TValue : struct, INumberBase<TValue> =>
        Add<TValue>(
            found,
            Whole,
            value => InRange(value, least, most) ? TValue.CreateChecked(NumberOf(value)!.Value) : null,
            value => FieldValue.Integer(toLong(value)));

    private static void Add<TValue>(
        Dictionary<Type, object> found, FieldType[] types, Func<FieldValue, TValue?> read, Func<TValue, FieldValue> write)
        where TValue : struct
    {
        var codec = new StructCodec<TValue>(types, read, write);
        found.Add(typeof(TValue), codec);
        found.Add(typeof(TValue?), new NullableCodec<TValue>(codec));
    }

    // Some systems return a number as a text.
    private static decimal? NumberOf(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Integer or FieldValueKind.Decimal => value.AsDecimal(),
        FieldValueKind.Text when decimal.TryParse(
            value.AsText(), PlainNumber, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static bool InRange(FieldValue value, decimal least, decimal most) =>
        NumberOf(value) is { } number && number == decimal.Truncate(number) && number >= least && number <= most;

    private static FieldValue OfFloatingPoint(Func<decimal> convert)
    {
        try
        {
            return FieldValue.Decimal(convert());
        }
        catch (OverflowException)
        {
            throw new FormatException("the number is not finite or too large for a decimal number");
        }
    }

    private static FieldValue OfDate(DateOnly value) => value == default ? FieldValue.Blank : FieldValue.Date(value);

    private static DateTimeOffset? InstantOf(FieldValue value) =>
        value.Kind == FieldValueKind.DateTime ? value.AsDateTime() : null;

    private static FieldValue OfInstant(DateTimeOffset value) =>
        value == default ? FieldValue.Blank : FieldValue.DateTime(value);

    private static FieldValue OfDateTime(DateTime value) => value == default ? FieldValue.Blank
        : FieldValue.DateTime(value.Kind == DateTimeKind.Unspecified
            ? DateTime.SpecifyKind(value, DateTimeKind.Utc)
            : value.ToUniversalTime());
}
