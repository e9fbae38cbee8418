using CsCheck;

namespace Dataverse.Sync.Conformance;

/// <summary>
/// What every <see cref="ITransformationRule"/> guarantees. An own rule inherits the suite and supplies itself and, if it
/// accepts only some values, the values that it accepts.
/// </summary>
public abstract class TransformationRuleConformance
{
    /// <summary>The rule under test.</summary>
    protected abstract ITransformationRule Rule { get; }

    /// <summary>The values that the rule is tried with.</summary>
    protected virtual Gen<FieldValue> Values => TransformationLaws.AnyValue;

    [Fact]
    public void Rule_does_what_it_declares_to_lose() => TransformationLaws.Check(Rule, Values);

    [Fact]
    public void Rule_gives_the_same_results_in_every_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        Values.Sample(value =>
        {
            try
            {
                var expected = TryApply(value);
                Thread.CurrentThread.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("tr-TR");
                return TryApply(value) == expected;
            }
            finally
            {
                Thread.CurrentThread.CurrentCulture = before;
            }
        });
    }

    [Fact]
    public void Rule_accepts_or_refuses_a_blank_by_a_format_exception()
    {
        var apply = () => TryApply(FieldValue.Blank);
        apply.Should().NotThrow();
    }

    private FieldValue? TryApply(FieldValue value)
    {
        try
        {
            return Rule.Apply(value);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
