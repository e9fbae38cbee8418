using CsCheck;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Conformance;

/// <summary>Whatever of a filter the service evaluates, no record that passes it may be missing from the answer.</summary>
public abstract class OrganizationFilterConformance
{
    private static readonly FieldValue[] Texts = [FieldValue.Text("Oslo"), FieldValue.Text("OSLO"), FieldValue.Text("o'[%]_"), FieldValue.Text("Ö"), FieldValue.Blank];
    private static readonly FieldValue[] Numbers = [FieldValue.Decimal(-1.5m), FieldValue.Integer(0), FieldValue.Decimal(0.25m), FieldValue.Blank];
    private static readonly FieldValue[] Dates = [FieldValue.Date(new DateOnly(2024, 2, 29)), FieldValue.Date(new DateOnly(2026, 1, 1)), FieldValue.Blank];

    private static readonly Gen<RecordFilter> Comparisons = Gen.OneOf(
        Comparison("new_place", Texts),
        Comparison("new_share", Numbers),
        Comparison("new_begins", Dates),
        Gen.Const(RecordFilter.RefersTo("new_customer", "account")));

    [Fact]
    public async Task A_feed_with_a_filter_holds_every_record_that_passes_it()
    {
        await using var system = await StartAsync(TablesUnderTest.Project);
        Seed(system.Emulator.Table("new_project"));
        var all = await ReadAsync(system, null);

        await Filters(3).SampleAsync(
            async filter =>
            {
                var passing = all.Where(filter.Matches).Select(record => record.Id);
                passing.Should().BeSubsetOf((await ReadAsync(system, filter)).Select(record => record.Id));
            },
            iter: 150 * Check.Iter / 100,
            threads: 1);
    }

    [Fact]
    public async Task A_record_is_found_by_the_text_that_it_holds_whatever_that_is()
    {
        await using var system = await StartAsync(TablesUnderTest.Project);
        var table = system.Emulator.Table("new_project");

        await Gen.String[Gen.Char["a'\"%_[]()&?#+/\\=;:,.<>$@*|~^{}éß\u0130\u00a0東\t"], 1, 20].SampleAsync(
            async text =>
            {
                var id = table.Insert([("new_place", text)]).Id;
                var query = new FieldQuery { Table = "new_project", Fields = [], Field = "new_place", Values = [FieldValue.Text(text)] };
                (await system.Connector.FindAsync(query, default)).Select(record => record.Id).Should().Contain(id);
                foreach (var filter in new[] { RecordFilter.Equal("new_place", FieldValue.Text(text)), RecordFilter.Compare("new_place", ComparisonOperator.Contains, FieldValue.Text(text)) })
                {
                    (await ReadAsync(system, filter)).Select(record => record.Id).Should().Contain(id);
                }

                table.Delete(id);
            },
            iter: Check.Iter,
            threads: 1);
    }

    /// <summary>Starts an organization with a table.</summary>
    /// <param name="make">Makes the table under test.</param>
    protected abstract Task<OrganizationUnderTest> StartAsync(Func<DataverseEmulator, ConformanceTable> make);

    private static Gen<RecordFilter> Filters(int depth) => depth == 0 ? Comparisons : Gen.OneOf(
        Comparisons,
        Filters(depth - 1).Select(filter => filter.Not()),
        Filters(depth - 1).Array[0, 3].Select(filters => RecordFilter.All(filters)),
        Filters(depth - 1).Array[0, 3].Select(filters => RecordFilter.Any(filters)));

    private static Gen<RecordFilter> Comparison(string field, FieldValue[] values) =>
        Gen.Select(Gen.Enum<ComparisonOperator>(), Gen.Int[0, values.Length - 1]).Select((comparison, index) =>
        {
            var value = values[index];
            var isPart = comparison is ComparisonOperator.StartsWith or ComparisonOperator.Contains;
            var isEquality = comparison is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
            return value.IsBlank && !isEquality ? RecordFilter.IsBlank(field)
                : isPart && value.Kind != FieldValueKind.Text ? RecordFilter.NotEqual(field, value)
                : RecordFilter.Compare(field, comparison, value);
        });

    private static void Seed(DataverseTable table)
    {
        var number = 0;
        foreach (var place in new[] { null, "Oslo", "oslo north", "o'[%]_x", "ö", "O" })
        {
            foreach (var share in new decimal?[] { null, -1.5m, 0m, 0.25m })
            {
                _ = table.Insert([
                    ("new_number", $"N{number++}"),
                    ("new_place", place),
                    ("new_share", share),
                    ("new_begins", number % 3 == 0 ? null : new DateOnly(2024 + (number % 3), 1, 1)),
                    ("new_customer", number % 4 == 0 ? null : TablesUnderTest.Customer(number % 2 == 0))]);
            }
        }
    }

    private static async Task<List<TableRecord>> ReadAsync(ConformanceSystem system, RecordFilter? filter)
    {
        var records = new List<TableRecord>();
        var query = new ChangeQuery { Table = "new_project", Fields = ["new_place", "new_share", "new_begins", "new_customer"], Filter = filter };
        await foreach (var page in system.Connector.ReadChangesAsync(query, default))
        {
            records.AddRange(page.Records);
        }

        return records;
    }
}
