namespace Dataverse.Sync.Tests.Transformations;

public sealed class TransformationRuleTests
{
    [Theory]
    [InlineData("Adatum Corp", "ADATUM CORP")]
    [InlineData("strasse ı", "STRASSE ı")]
    public void Uppercase_does_not_depend_on_the_culture_of_the_machine(string text, string expected) =>
        Apply(TransformationRules.Uppercase, text).Should().Be(expected);

    [Fact]
    public void Culture_of_a_rule_is_named() =>
        Apply(new UppercaseRule { Culture = "tr-TR" }, "istanbul").Should().Be("İSTANBUL");

    [Fact]
    public void Title_case_keeps_acronyms() =>
        Apply(TransformationRules.TitleCase, "the CRONUS international ltd").Should().Be("The CRONUS International Ltd");

    [Theory]
    [InlineData(4, 3, "ABCDEFGH", "DEF")]
    [InlineData(4, null, "ABCDEFGH", "DEFGH")]
    [InlineData(4, 30, "ABCDEFGH", "DEFGH")]
    [InlineData(9, 3, "ABCDEFGH", "")]
    [InlineData(2, int.MaxValue, "ABC", "BC")]
    [InlineData(1, 2, "A😀B", "A")]
    [InlineData(3, 2, "A😀B", "B")]
    public void Substring_counts_from_1(int start, int? length, string text, string expected) =>
        Apply(TransformationRules.Substring(start, length), text).Should().Be(expected);

    [Theory]
    [InlineData("(", ")", "Adatum (Dublin) Ltd", "Dublin")]
    [InlineData("(", null, "Adatum (Dublin", "Dublin")]
    [InlineData(null, " ", "Adatum Ltd", "Adatum")]
    [InlineData("[", "]", "Adatum (Dublin) Ltd", "")]
    [InlineData("(", "]", "Adatum (Dublin) Ltd", "")]
    public void Substring_is_found_by_the_texts_around_it(string? start, string? end, string text, string expected) =>
        Apply(TransformationRules.Between(start, end), text).Should().Be(expected);

    [Theory]
    [InlineData("AB-12/é ü_3", "AB12éü3")]
    [InlineData("e\u0301-x", "e\u0301x")]
    [InlineData("-\u0301x", "x")]
    [InlineData("𝒜+१", "𝒜१")]
    public void Letters_keep_their_marks(string text, string expected) =>
        Apply(TransformationRules.RemoveNonAlphanumeric, text).Should().Be(expected);

    [Fact]
    public void Regular_expressions_ignore_letter_case_unless_told_otherwise()
    {
        Apply(TransformationRules.RegexReplace("notprovided", ""), "NOTPROVIDED x").Should().Be(" x");
        Apply(new RegexReplaceRule { Pattern = "a(b)", Replacement = "$1", IsCaseSensitive = true }, "AB ab").Should().Be("AB b");
        Apply(TransformationRules.RegexMatch(@"(\d+)-(\d+)"), "tel. 0045-12, 31-7").Should().Be("004512317");
        Apply(TransformationRules.RegexMatch(@"\d+"), "tel. 0045-12").Should().Be("0045");
        Apply(TransformationRules.RegexMatch(@"\d+"), "none").Should().BeEmpty();
    }

    [Fact]
    public void Expression_that_needs_too_long_is_given_up()
    {
        var rule = TransformationRules.RegexMatch(@"^(a+)+(?=b)$");
        rule.Invoking(it => it.Apply(FieldValue.Text(new string('a', 40) + "c"))).Should().Throw<Exception>();
    }

    [Theory]
    [InlineData("31-12-2026", "2026-12-31")]
    [InlineData("2026-12-31", "31-12-2026")]
    public void Date_formatting_reads_and_writes(string text, string expected)
    {
        var rule = TransformationRules.DateFormatting("dd-MM-yyyy");
        var value = text.Length > 4 && text[4] == '-' ? FieldValue.Date(DateOnly.Parse(text)) : FieldValue.Text(text);
        rule.Apply(value).ToString().Should().Be(expected);
        rule.Loss.Should().Be(TransformationLoss.Form);
        rule.Inverse.Should().Be(rule);
    }

    [Fact]
    public void Format_without_the_year_loses_content() =>
        TransformationRules.DateFormatting("dd/MM").Loss.Should().Be(TransformationLoss.Content);

    [Theory]
    [InlineData("en-US", "3/15/2026 2:30 PM")]
    [InlineData("en-GB", "15/03/2026 14:30")]
    [InlineData("da-DK", "15.03.2026 14:30:00")]
    [InlineData("sv-SE", "2026-03-15 14:30")]
    [InlineData("", "2026-03-15T14:30:00Z")]
    [InlineData("nl-NL", "2026-03-15T15:30:00+01:00")]
    public void Instant_is_read_as_people_of_a_country_write_it(string culture, string text)
    {
        var rule = TransformationRules.DateTimeFormatting(null, culture);
        var read = () => rule.Apply(FieldValue.Text(text));
        read().Should().Be(FieldValue.DateTime(new(2026, 3, 15, 14, 30, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Year_that_a_text_lacks_is_never_that_of_the_clock()
    {
        foreach (var format in new[] { "dd/MM", "M", "dd/MM 'y'", "dd/MM \\y" })
        {
            TransformationRules.DateFormatting(format).Invoking(it => it.Apply(FieldValue.Text("23/11")))
                .Should().Throw<FormatException>();
        }

        TransformationRules.DateFormatting(null, "en-GB").Invoking(it => it.Apply(FieldValue.Text("23/11")))
            .Should().Throw<FormatException>();
    }

    [Fact]
    public void Text_that_is_no_date_is_refused() => TransformationRules.DateFormatting("yyyyMMdd")
        .Invoking(it => it.Apply(FieldValue.Text("yesterday"))).Should().Throw<FormatException>();

    [Fact]
    public void Numbers_are_read_in_their_culture()
    {
        TransformationRules.DecimalFormatting("da-DK").Apply(FieldValue.Text("1.234,5")).Should().Be(FieldValue.Decimal(1234.5m));
        TransformationRules.DecimalFormatting("sv-SE").Apply(FieldValue.Text("1 234,5")).Should().Be(FieldValue.Decimal(1234.5m));
        TransformationRules.DecimalFormatting("en-US").Apply(FieldValue.Text("-1,234.5")).Should().Be(FieldValue.Decimal(-1234.5m));
        TransformationRules.DecimalFormatting("da-DK").Apply(FieldValue.Decimal(1234.5m)).Should().Be(FieldValue.Text("1234,5"));
    }

    [Theory]
    [InlineData(1.125, 0.05, RoundingDirection.Nearest, 1.15)]
    [InlineData(-1.125, 0.05, RoundingDirection.Nearest, -1.15)]
    [InlineData(1.11, 0.05, RoundingDirection.Up, 1.15)]
    [InlineData(-1.11, 0.05, RoundingDirection.Up, -1.15)]
    [InlineData(1.19, 0.05, RoundingDirection.Down, 1.15)]
    [InlineData(149, 100, RoundingDirection.Nearest, 100)]
    [InlineData(150, 100, RoundingDirection.Nearest, 200)]
    public void Number_is_rounded_to_a_multiple(double number, double precision, RoundingDirection direction, double expected) =>
        TransformationRules.Round((decimal)precision, direction).Apply(FieldValue.Decimal((decimal)number))
            .Should().Be(FieldValue.Decimal((decimal)expected));

    [Fact]
    public void Timestamp_leads_there_and_back()
    {
        var instant = FieldValue.DateTime(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        var seconds = TransformationRules.UnixTimestamp.Apply(instant);
        seconds.Should().Be(FieldValue.Integer(1772352000));
        TransformationRules.UnixTimestamp.Apply(seconds).Should().Be(instant);
    }

    [Fact]
    public void Part_of_a_date_is_a_number() => TransformationRules.ExtractFromDate(DatePart.Year)
        .Apply(FieldValue.Date(new(2026, 3, 1))).Should().Be(FieldValue.Integer(2026));

    [Fact]
    public void Mistakes_in_settings_are_named()
    {
        ProblemsOf(new SubstringRule()).Should().Equal("it names neither a start nor an end");
        ProblemsOf(new SubstringRule { StartPosition = 0, Length = -1 }).Should().HaveCount(2);
        ProblemsOf(new ReplaceRule { Find = "" }).Should().Equal("it names no text to replace");
        ProblemsOf(new RegexMatchRule { Pattern = "(" }).Should().ContainSingle().Which.Should().StartWith("its pattern cannot be read");
        ProblemsOf(new UppercaseRule { Culture = "xx-nowhere" }).Should().ContainSingle().Which.Should().Contain("'xx-nowhere'");
        ProblemsOf(new RoundRule { Precision = 0 }).Should().Equal("its precision is not greater than zero");
        ProblemsOf(new DateFormattingRule { Format = "%" }).Should().ContainSingle();
        ProblemsOf(TransformationRules.Custom("Own", value => value, TransformationLoss.None)).Should().ContainSingle();
    }

    [Fact]
    public void Own_rules_are_found_by_name()
    {
        var own = TransformationRules.Custom("Own", value => value);
        var registry = new TransformationRuleRegistry(own);
        registry.Find("OWN").Should().BeSameAs(own);
        registry.Find("other").Should().BeNull();
        registry.Names.Should().Equal("Own");
        var twice = () => new TransformationRuleRegistry(own, TransformationRules.Custom("own", value => value));
        twice.Should().Throw<ArgumentException>().WithMessage("*'own'*");
    }

    private static string Apply(ITransformationRule rule, string text) => rule.Apply(FieldValue.Text(text)).ToString();

    private static string[] ProblemsOf(ITransformationRule rule) => [.. rule.FindProblems()];
}
