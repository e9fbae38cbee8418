using CsCheck;

namespace Dataverse.Sync.Conformance;

/// <summary>Checks that transformation rules and chains of them do what they declare.</summary>
public static class TransformationLaws
{
    /// <summary>Values of every kind: blanks, texts of any characters, numbers, dates, instants, and ids.</summary>
    public static Gen<FieldValue> AnyValue { get; } = Gen.OneOf(
        Gen.Const(FieldValue.Blank),
        AnyText(),
        Gen.Long.Select(FieldValue.Integer),
        Gen.Int[-100, 100].Select(number => FieldValue.Integer(number)),
        Gen.Decimal.Select(FieldValue.Decimal),
        Gen.Int[0, DateOnly.MaxValue.DayNumber].Select(day => FieldValue.Date(DateOnly.FromDayNumber(day))),
        Gen.Long[0, DateTime.MaxValue.Ticks].Select(ticks => FieldValue.DateTime(new(ticks, TimeSpan.Zero))),
        Gen.Bool.Select(FieldValue.Boolean),
        Gen.Guid.Select(FieldValue.Identifier));

    /// <summary>Checks a rule with many values.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="values">The values, or null for values of every kind.</param>
    /// <param name="iterations">The number of values.</param>
    public static void Check(ITransformationRule rule, Gen<FieldValue>? values = null, long iterations = 2000)
    {
        rule.Name.Should().NotBeNullOrWhiteSpace();
        rule.FindProblems().Should().BeEmpty("the settings of rule {0} are valid", rule.Name);
        Enum.IsDefined(rule.Loss).Should().BeTrue();
        if (rule.Loss == TransformationLoss.None)
        {
            rule.Inverse.Should().NotBeNull("rule {0} loses nothing, so a rule leads back", rule.Name);
        }

        (values ?? AnyValue).Sample(value => Holds(rule, value), iter: iterations);
    }

    /// <summary>Whether a rule does what it declares with one value. A value that the rule refuses proves nothing.</summary>
    public static bool Holds(ITransformationRule rule, FieldValue value)
    {
        if (TryApply(rule, value) is not { } result)
        {
            return true;
        }

        return TryApply(rule, value) == result && rule.Loss switch
        {
            TransformationLoss.None => TryApply(rule.Inverse!, result) is { } back && IsSame(back, value),
            TransformationLoss.Form => Back(rule, result) is { } back && TryApply(rule, back) is { } again && IsSame(again, result),
            _ => true,
        };
    }

    /// <summary>Texts of letters, digits, blanks, marks, signs, line ends, and characters of two code units.</summary>
    private static Gen<FieldValue> AnyText() => Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char["aAbBzZ09 -_.,:/'\t\nßıİéÉøǆ\u0301\u0307\u00A0\ud83d\ude00"], 0, 12],
        Gen.Int[0, 40000].Select(day => DateOnly.FromDayNumber(700000 + day).ToString("yyyy-MM-dd")),
        Gen.Decimal.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)))
        .Select(FieldValue.Text);

    private static FieldValue? Back(ITransformationRule rule, FieldValue result) =>
        rule.Inverse is { } inverse ? TryApply(inverse, result) : result;

    private static bool IsSame(FieldValue left, FieldValue right) =>
        left == right || Fingerprint.Of(left) == Fingerprint.Of(right);

    private static FieldValue? TryApply(ITransformationRule rule, FieldValue value)
    {
        try
        {
            return rule.Apply(value);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
