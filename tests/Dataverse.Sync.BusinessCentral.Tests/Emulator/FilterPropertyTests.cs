using CsCheck;

namespace Dataverse.Sync.BusinessCentral.Tests.Emulator;

/// <summary>What of a filter the service evaluates lets through every record that the filter does, whatever its values hold.</summary>
public sealed class FilterPropertyTests
{
    private const int Filters = 200;
    private const int Texts = 100;

    private static readonly string[] Fields = ["displayName", "city", "creditLimit", "blocked", "taxLiable", "currencyId"];

    private static readonly FieldValue[] TextValues = [FieldValue.Text("Oslo"), FieldValue.Text("OSLO"), FieldValue.Text("o'[%]_"), FieldValue.Text("Ö"), FieldValue.Text("Oslo eq 'x' or 1"), FieldValue.Blank];
    private static readonly FieldValue[] NumberValues = [FieldValue.Decimal(-1.5m), FieldValue.Integer(0), FieldValue.Decimal(0.25m)];
    private static readonly FieldValue[] ChoiceValues = [FieldValue.Text("Ship"), FieldValue.Text("All"), FieldValue.Blank];
    private static readonly FieldValue[] BooleanValues = [FieldValue.Boolean(true), FieldValue.Boolean(false)];
    private static readonly FieldValue[] ReferenceValues = [FieldValue.Identifier(new Guid("00000000-0000-0000-0000-000000000005")), FieldValue.Blank];

    private static readonly Gen<RecordFilter> Comparisons = Gen.OneOf(
        Comparison("displayName", TextValues), Comparison("city", TextValues), Comparison("creditLimit", NumberValues), Comparison("blocked", ChoiceValues),
        Comparison("taxLiable", BooleanValues), Comparison("currencyId", ReferenceValues));

    [Fact]
    public async Task A_feed_with_a_filter_holds_every_record_that_passes_it()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        Seed(fixture);
        var all = await ReadAsync(fixture, null);

        await Filter(3).SampleAsync(
            async filter => all.Where(filter.Matches).Select(record => record.Id).Should().BeSubsetOf((await ReadAsync(fixture, filter)).Select(record => record.Id)),
            iter: Filters * Check.Iter / 100,
            threads: 1);
    }

    [Fact]
    public async Task A_record_is_found_by_the_text_that_it_holds_whatever_that_is()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var number = 0;

        await Gen.String[Gen.Char["a'\"%_[]()&?#+/\\=;:,.<>$@*|~^{}éß\u0130\u00a0東"], 1, 20].SampleAsync(
            async text =>
            {
                var id = fixture.AddCustomer($"N{++number}", text);
                (await fixture.FindAsync("displayName", FieldValue.Text(text))).Should().Contain(id);
                fixture.Emulator.Table("customers").Delete(id);
            },
            iter: Texts * Check.Iter / 100,
            threads: 1);
    }

    private static Gen<RecordFilter> Filter(int depth) => depth == 0 ? Comparisons : Gen.OneOf(
        Comparisons,
        Filter(depth - 1).Select(filter => filter.Not()),
        Filter(depth - 1).Array[0, 3].Select(filters => RecordFilter.All(filters)),
        Filter(depth - 1).Array[0, 3].Select(filters => RecordFilter.Any(filters)));

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

    private static void Seed(EmulatorFixture fixture)
    {
        var number = 0;
        foreach (var city in new[] { "", "Oslo", "oslo", "o'[%]_", "ö", "O" })
        {
            foreach (var limit in new[] { -1.5m, 0m, 0.25m })
            {
                var row = EmulatorFixture.Row($"N{number}", number % 5 == 0 ? "Oslo eq 'x' or 1" : city.Length == 0 ? "Adatum" : city);
                row["city"] = city;
                row["creditLimit"] = limit;
                row["blocked"] = (number % 3) switch { 0 => "_x0020_", 1 => "Ship", _ => "All" };
                row["taxLiable"] = number % 2 == 0;
                _ = fixture.Emulator.Table("customers").Insert(row);
                number++;
            }
        }
    }

    private static async Task<List<TableRecord>> ReadAsync(EmulatorFixture fixture, RecordFilter? filter)
    {
        var pages = await fixture.Connector.ReadChangesAsync(new() { Table = "customers", Fields = Fields, Filter = filter }, default).ToListAsync();
        return [.. pages.SelectMany(page => page.Records)];
    }
}
