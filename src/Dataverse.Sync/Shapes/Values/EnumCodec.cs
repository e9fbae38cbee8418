using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;

namespace Dataverse.Sync.Shapes;

/// <summary>
/// An enumeration, possibly nullable. A blank is null, or zero where null is not allowed; a zero that is not a member is a
/// blank.
/// </summary>
/// <remarks>What a member is on each way is computed once. Only numbers that are not members are boxed.</remarks>
internal sealed class EnumCodec<TValue> : ValueCodec<TValue>
{
    private readonly Type type;
    private readonly EnumForm form;
    private readonly FrozenDictionary<long, TValue> byNumber;
    private readonly FrozenDictionary<string, TValue> byName;
    private readonly Dictionary<EnumKey, FieldValue> written = [];

    public EnumCodec(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] Type type, EnumForm form)
    {
        this.type = type;
        this.form = form;
        var (numbers, names) = (new Dictionary<long, TValue>(), new Dictionary<string, TValue>());
        foreach (var member in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var boxed = member.GetValue(null)!;
            var (number, value) = (NumberOf(boxed), (TValue)boxed);
            var name = member.GetCustomAttribute<EnumMemberAttribute>()?.Value ?? member.Name;
            numbers[number] = numbers.GetValueOrDefault(number, value);
            names[Comparable(name)] = value;
            _ = names.TryAdd(Comparable(member.Name), value);
            _ = written.TryAdd(
                new(value), form == EnumForm.Name ? FieldValue.Text(name.Trim()) : FieldValue.Integer(number));
        }

        byNumber = numbers.ToFrozenDictionary();
        byName = names.ToFrozenDictionary();
    }

    public override bool TryRead(in FieldValue value, out TValue? result)
    {
        result = default;
        return value.Kind switch
        {
            FieldValueKind.Blank => TryReadBlank(out result),
            FieldValueKind.Integer => byNumber.TryGetValue(value.AsInteger(), out result)
                || TryReadNumber(value.AsInteger(), out result),
            FieldValueKind.Text => byName.TryGetValue(Comparable(value.AsText()), out result),
            _ => false,
        };
    }

    public override FieldValue Write(TValue? value)
    {
        if (value is null)
        {
            return FieldValue.Blank;
        }

        if (written.TryGetValue(new(value), out var known))
        {
            return known;
        }

        var number = NumberOf(value);
        return number == 0 ? FieldValue.Blank
            : form == EnumForm.Number ? FieldValue.Integer(number)
            : throw new FormatException($"enumeration {type.Name} has no member for the number {number}");
    }

    public override bool Fits(FieldSchema field) => field.Type switch
    {
        FieldType.Choice => ChoiceForms.MayHold(
            field, form == EnumForm.Name ? FieldValueKind.Text : FieldValueKind.Integer),
        FieldType.Text => form == EnumForm.Name,
        FieldType.Integer => form == EnumForm.Number,
        _ => false,
    };

    // The member that stands for a blank, or the default.
    private bool TryReadBlank(out TValue? result)
    {
        result = default;
        if (result is not null && byName.TryGetValue(string.Empty, out var blank))
        {
            result = blank;
        }

        return true;
    }

    private bool TryReadNumber(long number, out TValue? result)
    {
        var boxed = Enum.ToObject(type, number);
        var isInRange = NumberOf(boxed) == number;
        result = isInRange ? (TValue)boxed : default;
        return isInRange;
    }

    private static long NumberOf(object boxed) => Type.GetTypeCode(boxed.GetType()) == TypeCode.UInt64
        ? unchecked((long)Convert.ToUInt64(boxed, CultureInfo.InvariantCulture))
        : Convert.ToInt64(boxed, CultureInfo.InvariantCulture);

    private static string Comparable(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    // A dictionary takes no null for a key, which a nullable enumeration could be.
    private readonly record struct EnumKey(TValue Value);
}
