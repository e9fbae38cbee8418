namespace Dataverse.Sync.Architecture.Tests;

public sealed class ParityCheckTests
{
    private const string Page =
        """
        | id | Business Central | here | where |
        | --- | --- | --- | --- |
        | BC-1.1-01 | names are unique | yes | [catalog](mappings.md) |
        | BC-9-01 | options \| records | otherwise | `MapOptions` |
        """;

    private static readonly ParityTest Proof = new("A.cs: Names_are_unique", "BC-1.1-01", IsRun: true);

    [Fact]
    public void Rows_with_a_test_or_a_line_are_in_order() => Check(["BC-9-01"], [Proof]).Should().BeEmpty();

    [Fact]
    public void Row_that_neither_a_test_nor_a_line_names_is_found() =>
        Check(["BC-9-01"], []).Should().Equal("BC-1.1-01: no test and no line about differences names the row.");

    [Fact]
    public void Row_that_differs_needs_a_line_although_a_test_names_it() =>
        Check([], [Proof, Proof with { Id = "BC-9-01" }])
            .Should().Equal("BC-9-01: is marked 'otherwise', but no line about differences names the row.");

    [Fact]
    public void Ids_that_no_row_has_are_found() =>
        Check(["BC-9-01", "BC-9-02"], [Proof, Proof with { Id = "BC-1.1-1" }]).Should().Equal(
            "BC-9-02: is named by a line about differences, but no row has this id.",
            "BC-1.1-1: is named by A.cs: Names_are_unique, but no row has this id.");

    [Fact]
    public void Id_of_two_rows_is_found() =>
        ParityCheck.Problems(ParityPage.Rows($"{Page}\n| BC-9-01 | again | yes | here |"), ["BC-9-01"], [Proof])
            .Should().Equal("BC-9-01: is the id of 2 rows.");

    [Fact]
    public void Test_that_is_not_run_proves_nothing() =>
        Check(["BC-9-01"], [Proof with { IsRun = false }]).Should().Equal(
            "BC-1.1-01: no test and no line about differences names the row.",
            "BC-1.1-01: A.cs: Names_are_unique is no test that is run.");

    [Theory]
    [InlineData("| BC-1.1-1 | one digit | yes | here |")]
    [InlineData("| BC-1.1-01 | unknown mark | maybe | here |")]
    [InlineData("| BC-1.1-01 | no place | yes |")]
    [InlineData("| BC-1.1-01 | blank place | yes | |")]
    public void Line_that_is_almost_a_row_is_refused(string line)
    {
        var read = () => ParityPage.Rows(line);

        read.Should().Throw<FormatException>().Which.Message.Should().Contain(line);
    }

    [Fact]
    public void Ids_count_in_tables_only() =>
        ParityPage.Ids("BC-1.1-01 in a sentence\n| topic | there | here (BC-1.1-02, BC-14.3-10) |")
            .Should().Equal("BC-1.1-02", "BC-14.3-10");

    [Fact]
    public void Traits_of_methods_are_found_and_those_in_texts_are_not()
    {
        const string Source =
            """
            public sealed class Tests
            {
                [Fact]
                [Trait("parity", "BC-1.1-01"), Trait("parity", "BC-1.1-02")]
                [Trait("speed", "BC-1.1-03")]
                public void First() => Text("[Trait(\"parity\", \"BC-1.1-04\")]");

                [Theory(Skip = "later")]
                [Trait("parity", "BC-1.1-05")]
                public void Second()
                {
                }

                [Trait("parity", "BC-1.1-06")]
                public void Third()
                {
                }
            }

            [Trait("parity", "BC-1.1-07")]
            public sealed class More;
            """;

        ParityTraits.Of(new("A.cs", Source)).Should().Equal(
            new ParityTest("A.cs: First", "BC-1.1-01", IsRun: true),
            new ParityTest("A.cs: First", "BC-1.1-02", IsRun: true),
            new ParityTest("A.cs: Second", "BC-1.1-05", IsRun: false),
            new ParityTest("A.cs: Third", "BC-1.1-06", IsRun: false),
            new ParityTest("A.cs: (no method)", "BC-1.1-07", IsRun: false));
    }

    private static IReadOnlyList<string> Check(string[] differences, ParityTest[] tests) =>
        ParityCheck.Problems(ParityPage.Rows(Page), differences, tests);
}
