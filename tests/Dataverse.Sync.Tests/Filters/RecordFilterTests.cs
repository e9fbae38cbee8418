namespace Dataverse.Sync.Tests;

public sealed class RecordFilterTests
{
    private static readonly RecordLayout Layout = new("account", ["name", "amount", "owner"]);

    private static readonly Guid OwnerId = new("5f0c2f6d-9a51-4a77-8a3c-0d3f6e7b1c11");

    private static bool Matches(RecordFilter filter, string? name = null, decimal? amount = null) => filter.Matches(new(
        Layout,
        Guid.NewGuid(),
        [
            FieldValue.Text(name),
            amount is null ? FieldValue.Blank : FieldValue.Decimal(amount.Value),
            FieldValue.Reference(OwnerId, "systemuser"),
        ]));

    [Theory]
    [InlineData("adatum", true)]
    [InlineData("ADATUM", true)]
    [InlineData("Adatum Ltd", false)]
    [InlineData("", false)]
    public void Equal_ignores_letter_case(string name, bool expected)
    {
        Matches(RecordFilter.Equal("name", FieldValue.Text("Adatum")), name).Should().Be(expected);
        Matches(RecordFilter.NotEqual("name", FieldValue.Text("Adatum")), name).Should().Be(!expected);
    }

    [Fact]
    public void Equal_to_a_blank_asks_whether_the_field_is_empty()
    {
        Matches(RecordFilter.IsBlank("name")).Should().BeTrue();
        Matches(RecordFilter.IsBlank("name"), "x").Should().BeFalse();
        Matches(RecordFilter.IsNotBlank("amount"), amount: 0).Should().BeTrue();
    }

    [Fact]
    public void Numbers_are_compared_by_amount_whatever_their_kind()
    {
        Matches(RecordFilter.Equal("amount", FieldValue.Integer(10)), amount: 10.00m).Should().BeTrue();
        Matches(RecordFilter.Compare("amount", ComparisonOperator.Less, FieldValue.Integer(10)), amount: 9.99m)
            .Should().BeTrue();
    }

    [Theory]
    [InlineData(ComparisonOperator.Less, true, false, false)]
    [InlineData(ComparisonOperator.LessOrEqual, true, true, false)]
    [InlineData(ComparisonOperator.Greater, false, false, true)]
    [InlineData(ComparisonOperator.GreaterOrEqual, false, true, true)]
    public void Orders_are_those_of_the_values_and_a_blank_has_none(
        ComparisonOperator comparison,
        bool below,
        bool same,
        bool above)
    {
        var filter = RecordFilter.Compare("amount", comparison, FieldValue.Decimal(5));

        Matches(filter, amount: 4).Should().Be(below);
        Matches(filter, amount: 5).Should().Be(same);
        Matches(filter, amount: 6).Should().Be(above);
        Matches(filter).Should().BeFalse();
    }

    [Fact]
    public void Values_of_kinds_that_cannot_be_compared_are_neither_equal_nor_ordered()
    {
        Matches(RecordFilter.Equal("name", FieldValue.Integer(5)), "5").Should().BeFalse();
        Matches(RecordFilter.Compare("name", ComparisonOperator.LessOrEqual, FieldValue.Integer(5)), "5")
            .Should().BeFalse();
        Matches(RecordFilter.Compare("name", ComparisonOperator.GreaterOrEqual, FieldValue.Integer(5)), "5")
            .Should().BeFalse();
    }

    [Fact]
    public void Parts_of_texts_are_found_without_regard_to_letter_case()
    {
        var begins = RecordFilter.Compare("name", ComparisonOperator.StartsWith, FieldValue.Text("ADA"));
        var contains = RecordFilter.Compare("name", ComparisonOperator.Contains, FieldValue.Text("TUM"));

        (Matches(begins, "adatum"), Matches(begins, "cadatum"), Matches(begins)).Should().Be((true, false, false));
        (Matches(contains, "adatum"), Matches(contains, "adam"), Matches(contains)).Should().Be((true, false, false));
    }

    [Fact]
    public void References_are_compared_by_id_and_asked_for_their_table()
    {
        Matches(RecordFilter.Equal("owner", FieldValue.Identifier(OwnerId))).Should().BeTrue();
        Matches(RecordFilter.RefersTo("owner", "systemuser")).Should().BeTrue();
        Matches(RecordFilter.RefersTo("owner", "team")).Should().BeFalse();
        Matches(RecordFilter.RefersTo("name", "systemuser"), "x").Should().BeFalse();
    }

    [Fact]
    public void All_of_nothing_holds_and_any_of_nothing_does_not()
    {
        Matches(RecordFilter.All()).Should().BeTrue();
        Matches(RecordFilter.Any()).Should().BeFalse();
    }

    [Fact]
    public void Fields_are_named_once_each()
    {
        var filter = RecordFilter.IsBlank("name").Or(RecordFilter.RefersTo("owner", "team"))
            .And(RecordFilter.IsNotBlank("name").Not());

        filter.Fields.Should().Equal("name", "owner");
    }

    [Fact]
    public void Field_that_the_record_lacks_is_an_error_and_not_a_mismatch()
    {
        var match = () => Matches(RecordFilter.IsBlank("fax"));

        match.Should().Throw<KeyNotFoundException>().WithMessage("*'fax'*");
    }

    [Theory]
    [InlineData(ComparisonOperator.Less)]
    [InlineData(ComparisonOperator.GreaterOrEqual)]
    [InlineData(ComparisonOperator.StartsWith)]
    [InlineData(ComparisonOperator.Contains)]
    public void Blank_is_compared_for_equality_only(ComparisonOperator comparison)
    {
        var make = () => RecordFilter.Compare("name", comparison, FieldValue.Blank);

        make.Should().Throw<ArgumentException>()
            .WithMessage("Field 'name' can only be compared with a blank for equality.*");
    }

    [Fact]
    public void Part_of_something_other_than_a_text_is_refused()
    {
        var make = () => RecordFilter.Compare("amount", ComparisonOperator.Contains, FieldValue.Integer(1));

        make.Should().Throw<ArgumentException>()
            .WithMessage("A part of field 'amount' can only be compared with a text.*");
    }
}
