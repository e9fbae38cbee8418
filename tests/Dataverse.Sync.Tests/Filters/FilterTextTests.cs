namespace Dataverse.Sync.Tests;

/// <summary>Filter texts of Business Central are read, evaluated, and written.</summary>
public sealed class FilterTextTests
{
    private static readonly RecordLayout Layout = new("customers", ["name", "amount", "day", "at", "flag", "id"]);

    private static readonly Guid Id = new("5f0c2f6d-9a51-4a77-8a3c-0d3f6e7b1c11");

    public static TheoryData<string, string> Printed => new()
    {
        { "Blocked=FILTER(' ')", "WHERE(Blocked=FILTER(''))" },
        { "where( Blocked = filter( '' ) , Type = const( Person ) )", "WHERE(Blocked=FILTER(''),Type=FILTER(Person))" },
        { "VERSION(1) SORTING(Field1) WHERE(Field39=1(0),Field5051=1(<>''))", "WHERE(Field39=FILTER(0),Field5051=FILTER(<>''))" },
        { "SORTING(\"No.\",Name) ORDER(Descending)", "WHERE()" },
        { "", "WHERE()" },
        { "No.=1..100|>500", "WHERE(\"No.\"=FILTER(1..100|>500))" },
        { "\"Credit Limit (LCY)\"=FILTER(>0), Credit Limit (LCY)=FILTER(<5)", "WHERE(\"Credit Limit (LCY)\"=FILTER(>0&<5))" },
        { "a=..5|7..|(1|2)&<>3&x*", "WHERE(a=FILTER(<=5|>=7|(1|2)&<>3&x*))" },
        { "a=(1&2)|3", "WHERE(a=FILTER(1&2|3))" },
        { "a=1&(2|3)", "WHERE(a=FILTER(1&(2|3)))" },
        { "a='J & V*'", "WHERE(a=FILTER('J & V*'))" },
        { "a='it''s'", "WHERE(a=FILTER('it''s'))" },
        { "a=O'Brien", "WHERE(a=FILTER('O''Brien'))" },
        { "a=@*abc*", "WHERE(a=FILTER(@*abc*))" },
        { "a='@x|y'", "WHERE(a=FILTER('@x|y'))" },
        { "a=CONST(A*B|C)", "WHERE(a=FILTER('A[*]B|C'))" },
        { "a=filter(\"Blanket Order\"|Order)", "WHERE(a=FILTER(Blanket Order|Order))" },
        { "ANY(a=1,b=2),NOT(c=FILTER(x))", "WHERE(ANY(a=FILTER(1),b=FILTER(2)),NOT(c=FILTER(x)))" },
        { "owner=TABLE(team)", "WHERE(owner=TABLE(team))" },
        { "a=Hans?n", "WHERE(a=FILTER(Hans?n))" },
        { "a>''", "WHERE(a=FILTER(<>''))" },
        { "a=const()", "WHERE(a=FILTER(''))" },
        { "\ufeffa=1", "WHERE(a=FILTER(1))" },
        { "where(\n  \"Document Type\" = const(Order),\n  Amount = filter(<> 0 & < 1000 | 5..))", "WHERE(\"Document Type\"=FILTER(Order),Amount=FILTER(<>0&<1000|>=5))" },
        { "a=\"y z\"|x..z", "WHERE(a=FILTER(y z|x..z))" },
        { "a=[[]*]", "WHERE(a=FILTER([[]*]))" },
    };

    [Theory]
    [MemberData(nameof(Printed))]
    public void Text_is_read_and_written_in_one_form(string text, string expected)
    {
        var filter = RecordFilter.Parse(text);

        filter.ToText().Should().Be(expected);
        RecordFilter.Parse(expected).Should().Be(filter);
    }

    public static TheoryData<string, int, string> Wrong => new()
    {
        { "Blocked=FILTER(' '", 19, "')' is missing" },
        { "Blocked=FILTER('x)", 16, "quote is not closed" },
        { "Blocked=FILTER()", 16, "value is missing" },
        { "Blocked", 8, "'=' is missing" },
        { "=5", 1, "name of a field" },
        { "a=1|", 5, "value is missing" },
        { "a=1)", 4, "should end here" },
        { "a=1..2..3", 7, "should end here" },
        { "a=>1..2", 5, "interval" },
        { "a=>x*", 4, "pattern" },
        { "a=f(x)", 4, "single quotes" },
        { "a=%me", 3, "filter tokens" },
        { "a=&&word", 3, "full-text" },
        { "a=FIELD(b)", 2, "FIELD" },
        { "a=..", 5, "value is missing" },
        { "a='b'c", 6, "operator" },
        { "WHERE(a=FILTER(1)", 18, "end of WHERE" },
        { "\"a=1", 1, "quote is not closed" },
        { "a=>=''", 5, "empty value" },
        { "a=(1|2", 7, "')' is missing" },
        { "SORTING(a) b=1", 12, "WHERE" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Text_that_cannot_be_read_is_refused_with_the_place_and_the_reason(string text, int position, string problem)
    {
        var parse = () => RecordFilter.Parse(text);

        var failure = parse.Should().Throw<FilterFormatException>().Which;
        (failure.Position, failure.Message).Should().Be((position, $"The filter cannot be read at position {position}: {failure.Problem}"));
        failure.Problem.Should().Contain(problem);
        RecordFilter.TryParse(text, out var filter, out var found).Should().BeFalse();
        (filter, found!.Message).Should().Be((null, failure.Message));
    }

    [Fact]
    public void Text_that_is_absent_cannot_be_read()
    {
        RecordFilter.TryParse(null, out _, out var problem).Should().BeFalse();
        problem!.Position.Should().Be(1);
        RecordFilter.TryParse("a=1", out var filter).Should().BeTrue();
        filter.Should().NotBeNull();
    }

    [Theory]
    [InlineData("amount=1..100|>500", "100", true)]
    [InlineData("amount=1..100|>500", "100.01", false)]
    [InlineData("amount=1..100|>500", "500.5", true)]
    [InlineData("amount=<-1.5", "-2", true)]
    [InlineData("amount=FILTER(<>5)", "5.00", false)]
    public void Numbers_are_compared_by_amount(string text, string amount, bool expected) =>
        RecordFilter.Parse(text).Matches(Record(amount: decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)))
            .Should().Be(expected);

    [Theory]
    [InlineData("name=@*abc*", "xABCy", true)]
    [InlineData("name=@*cafe*", "Grand Café", true)]
    [InlineData("name=*cafe*", "Grand Café", false)]
    [InlineData("name=Hans?n", "HANSEN", true)]
    [InlineData("name=Hans?n", "Hanssen", false)]
    [InlineData("name=A*B*C", "AxBxBxC", true)]
    [InlineData("name=A*B*C", "AxCxB", false)]
    [InlineData("name=?*", "", false)]
    [InlineData("name=*", "", true)]
    [InlineData("name=a?b", "a\U0001F600b", true)]
    [InlineData("name=*?b?", "a\U0001F600b\U0001F600", true)]
    [InlineData("name=<>A*", "Bcd", true)]
    [InlineData("name=<>A*", "abc", false)]
    [InlineData("name='J & V*'", "J & V Ltd", true)]
    [InlineData("name=CONST(100%*)", "100%*", true)]
    [InlineData("name=CONST(100%*)", "100%x", false)]
    [InlineData("name=Bicycle..Car", "Bike", true)]
    [InlineData("name=<>''", "", false)]
    [InlineData("name=<>''&<>x", "x", false)]
    [InlineData("name=@strasse", "Strasse", true)]
    public void Texts_match_without_regard_to_letter_case(string text, string name, bool expected) =>
        RecordFilter.Parse(text).Matches(Record(name)).Should().Be(expected);

    [Theory]
    [InlineData("day=2026-01-01..2026-01-31", true)]
    [InlineData("day=20260115D", true)]
    [InlineData("day=<>0D", true)]
    [InlineData("day=>2026-01-15", false)]
    [InlineData("at=2026-01-15", true)]
    [InlineData("at=<>2026-01-15", false)]
    [InlineData("at=..2026-01-15", true)]
    [InlineData("at=>2026-01-15", false)]
    [InlineData("at=2026-01-15T10:15:00Z..", true)]
    [InlineData("at=2026-01-15T12:15:00+02:00", true)]
    [InlineData("at=>2026-01-15T10:15:00.001Z", false)]
    [InlineData("at=..9999-12-31", true)]
    [InlineData("flag=Yes", true)]
    [InlineData("flag=const(false)", false)]
    [InlineData("id={5F0C2F6D-9A51-4A77-8A3C-0D3F6E7B1C11}|{00000000-0000-0000-0000-000000000000}", true)]
    [InlineData("id=<>{00000000-0000-0000-0000-000000000000}", true)]
    [InlineData("day=whenever", false)]
    [InlineData("day=<>whenever", true)]
    public void Values_are_read_as_the_kind_of_the_field(string text, bool expected) =>
        RecordFilter.Parse(text).Matches(Record()).Should().Be(expected);

    [Fact]
    public void Expression_of_one_field_is_read_by_itself()
    {
        var filter = RecordFilter.Parse("amount", "1..5|>10");

        filter.Should().Be(RecordFilter.Parse("amount=FILTER(1..5|>10)"));
        filter.Fields.Should().Equal("amount");
        FluentActions.Invoking(() => RecordFilter.Parse("amount", "1)")).Should().Throw<FilterFormatException>()
            .Which.Position.Should().Be(2);
    }

    [Fact]
    public void Text_gives_the_tree_of_the_builder_where_no_type_is_needed()
    {
        RecordFilter.Parse("name=FILTER(' ')").Should().Be(RecordFilter.IsBlank("name"));
        RecordFilter.Parse("name=<>''").Should().Be(RecordFilter.IsNotBlank("name"));
        RecordFilter.Parse("name=A*").Should().Be(RecordFilter.Compare("name", ComparisonOperator.StartsWith, FieldValue.Text("A")));
        RecordFilter.Parse("name=*A*|*b").Should().Be(RecordFilter.Any(
            RecordFilter.Compare("name", ComparisonOperator.Contains, FieldValue.Text("A")), RecordFilter.Like("name", "*b")));
        RecordFilter.Parse("ALL(owner=TABLE(team))").Should().Be(RecordFilter.All(RecordFilter.RefersTo("owner", "team")));
    }

    [Fact]
    public void Pattern_is_made_by_code_as_well()
    {
        RecordFilter.Like("name", "A[*]?").Should().BeOfType<TextPattern>().Which.Parts.Should().Equal(
            new PatternPart(PatternPartKind.Text, "A*"), new PatternPart(PatternPartKind.AnyCharacter, ""));
        RecordFilter.Like("name", "A**B").Should().Be(RecordFilter.Like("name", "A*B"));
        RecordFilter.Like("name", "").Should().Be(RecordFilter.IsBlank("name"));
        RecordFilter.Like("name", "plain").Should().Be(RecordFilter.Equal("name", FieldValue.Text("plain")));
        RecordFilter.Like("name", "[*").Should().Be(RecordFilter.Compare("name", ComparisonOperator.StartsWith, FieldValue.Text("[")));
    }

    [Fact]
    public void Filter_without_a_text_says_so()
    {
        var deep = Enumerable.Range(0, 10_000).Aggregate(RecordFilter.IsBlank("a"), (filter, _) => filter.And(RecordFilter.IsBlank("b")));

        var wide = Enumerable.Range(0, 40).Aggregate(RecordFilter.IsBlank("a"), (filter, _) => filter.Or(filter));
        var longest = RecordFilter.Any([.. Enumerable.Range(0, 10_000).Select(number => RecordFilter.Equal("a", FieldValue.Text($"value {number}")))]);

        deep.Invoking(filter => filter.ToText()).Should().Throw<InvalidOperationException>().WithMessage("*100 filters*");
        wide.Invoking(filter => filter.ToText()).Should().Throw<InvalidOperationException>().WithMessage("*65536 characters*");
        longest.Invoking(filter => filter.ToText()).Should().Throw<InvalidOperationException>().WithMessage("*65536 characters*");
    }

    [Theory]
    [InlineData("a=((((", ')')]
    [InlineData("NOT(NOT(", ')')]
    [InlineData("ALL(ANY(", ')')]
    [InlineData("SORTING((((", ')')]
    [InlineData("a=''''", '\'')]
    [InlineData("a=1|2|", '3')]
    public void Long_and_deep_texts_are_refused_or_read_in_time(string start, char end)
    {
        foreach (var times in new[] { 150, 10_000, 100_000 })
        {
            var text = string.Concat(Enumerable.Repeat(start, times)) + new string(end, times);

            _ = RecordFilter.TryParse(text, out _, out _);
        }
    }

    [Fact]
    public void Parentheses_have_a_limit_and_so_has_the_length()
    {
        RecordFilter.TryParse($"a={new string('(', 100)}1{new string(')', 100)}", out _).Should().BeTrue();
        RecordFilter.TryParse($"a={new string('(', 101)}1{new string(')', 101)}", out _, out var deep).Should().BeFalse();
        deep!.Problem.Should().Contain("100 parentheses");
        RecordFilter.TryParse("a=" + new string('x', 65_534), out _).Should().BeTrue();
        RecordFilter.TryParse("a=" + new string('x', 65_535), out _, out var length).Should().BeFalse();
        length!.Problem.Should().Contain("65536 characters");
    }

    [Fact]
    public void Wildcards_need_time_in_proportion_to_the_text()
    {
        var pattern = RecordFilter.Parse($"name={string.Concat(Enumerable.Repeat("*a", 10_000))}*b");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        pattern.Matches(Record(new string('a', 1_000_000))).Should().BeFalse();

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    private static TableRecord Record(string? name = null, decimal? amount = null) => new(
        Layout,
        Guid.NewGuid(),
        [
            FieldValue.Text(name), amount is null ? FieldValue.Blank : FieldValue.Decimal(amount.Value),
            FieldValue.Date(new DateOnly(2026, 1, 15)), FieldValue.DateTime(new(2026, 1, 15, 10, 15, 0, TimeSpan.Zero)),
            FieldValue.Boolean(true), FieldValue.Identifier(Id),
        ]);
}
