using CsCheck;
using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.Tests.Transformations;

/// <summary>Every rule that the library provides round-trips or declares what it loses.</summary>
public sealed class ShippedRuleLawTests
{
    private static readonly Dictionary<string, ITransformationRule> Rules = new()
    {
        ["Uppercase"] = TransformationRules.Uppercase,
        ["Uppercase in Turkish"] = new UppercaseRule { Culture = "tr-TR" },
        ["Lowercase"] = TransformationRules.Lowercase,
        ["Lowercase in Turkish"] = new LowercaseRule { Culture = "tr-TR" },
        ["TitleCase"] = TransformationRules.TitleCase,
        ["Trim"] = TransformationRules.Trim,
        ["RemoveNonAlphanumeric"] = TransformationRules.RemoveNonAlphanumeric,
        ["Substring by position"] = TransformationRules.Substring(2, 3),
        ["Substring by texts"] = TransformationRules.Between("a", "z"),
        ["Replace"] = TransformationRules.Replace("a", "aa"),
        ["RegexReplace"] = TransformationRules.RegexReplace("[0-9]+", "#"),
        ["RegexReplace with a look-ahead"] = TransformationRules.RegexReplace("a(?=b)", "-"),
        ["RegexMatch"] = TransformationRules.RegexMatch("([a-z])([0-9])"),
        ["DateFormatting"] = TransformationRules.DateFormatting("yyyyMMdd"),
        ["DateFormatting of a culture"] = TransformationRules.DateFormatting(null, "da-DK"),
        ["DateFormatting without the year"] = TransformationRules.DateFormatting("dd/MM"),
        ["DateFormatting with two digits of the year"] = TransformationRules.DateFormatting("yy-MM-dd"),
        ["DateTimeFormatting"] = TransformationRules.DateTimeFormatting("yyyyMMddHHmmss"),
        ["DateTimeFormatting of a culture"] = TransformationRules.DateTimeFormatting(null, "en-US"),
        ["DecimalFormatting"] = TransformationRules.DecimalFormatting("da-DK"),
        ["DecimalFormatting in a format"] = TransformationRules.DecimalFormatting("de-DE", "N2"),
        ["Round"] = TransformationRules.Round(0.05m),
        ["Round up"] = TransformationRules.Round(3, RoundingDirection.Up),
        ["Round down"] = TransformationRules.Round(0.7m, RoundingDirection.Down),
        ["ExtractFromDate"] = TransformationRules.ExtractFromDate(DatePart.Month),
        ["UnixTimestamp"] = TransformationRules.UnixTimestamp,
    };

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Shipped_rule_does_what_it_declares_to_lose(string name) => TransformationLaws.Check(Rules[name]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Shipped_rule_never_fails_otherwise_than_by_a_format_exception(string name) =>
        TransformationLaws.AnyValue.Sample(value => TransformationLaws.Holds(Rules[name], value), iter: 500);

    [Fact]
    public void Every_shipped_kind_is_checked()
    {
        var kinds = typeof(ITransformationRule).Assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(ITransformationRule)));
        Rules.Values.Select(rule => rule.GetType()).Distinct().Should().BeEquivalentTo(kinds);
    }

    [Fact]
    public void Shipped_rules_are_equal_if_their_settings_are()
    {
        var one = new RegexReplaceRule { Pattern = "a+", Replacement = "b" };
        _ = one.Apply(FieldValue.Text("caat"));
        one.Should().Be(new RegexReplaceRule { Pattern = "a+", Replacement = "b" });
        one.Should().NotBe(one with { Pattern = "b+" });
        (one with { Pattern = "c" }).Apply(FieldValue.Text("caat")).Should().Be(FieldValue.Text("baat"));
    }

    [Fact]
    public void Rule_that_breaks_its_law_is_found()
    {
        var liar = TransformationRules.Custom("Doubles", value => FieldValue.Text($"{value}{value}"), TransformationLoss.Form);
        var check = () => TransformationLaws.Check(liar);
        check.Should().Throw<Exception>();
    }
}
