using CsCheck;
using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.BusinessCentral.Tests.Emulator;

/// <summary>What of a filter the service evaluates lets through every record that the filter does, whatever its values hold.</summary>
public sealed class FilterPropertyTests
{
    private const int Filters = 150;
    private const int Texts = 100;

    private static readonly string[] Fields = ["displayName", "city", "creditLimit", "blocked", "taxLiable", "currencyId"];

    private static readonly FieldValue[] TextValues = [FieldValue.Text("Oslo"), FieldValue.Text("OSLO"), .. FilterGenerator.AwkwardTexts.Select(FieldValue.Text), FieldValue.Blank];

    private static readonly FilterGenerator Generator = new(
        new FilterColumn("displayName", TextValues) { Expressions = FilterGenerator.Patterns },
        new FilterColumn("city", TextValues) { Expressions = FilterGenerator.Patterns },
        new FilterColumn("creditLimit", FieldValue.Decimal(-1.5m), FieldValue.Integer(0), FieldValue.Decimal(0.25m)) { Expressions = ["-1.50|>=.25", "<>0.0&..5", "(0|0.25)"] },
        new FilterColumn("blocked", FieldValue.Text("Ship"), FieldValue.Text("All"), FieldValue.Blank) { Expressions = ["0", "1..2", "<>3", "invoice", "..Ship"] },
        new FilterColumn("taxLiable", FieldValue.Boolean(true), FieldValue.Boolean(false)) { Expressions = ["Yes", "<>no"] },
        new FilterColumn("currencyId", FieldValue.Identifier(new Guid("00000000-0000-0000-0000-000000000005")), FieldValue.Blank)
        {
            Expressions = ["{00000000-0000-0000-0000-000000000000}", "<>{00000000-0000-0000-0000-000000000000}"],
        });

    [Fact]
    public async Task A_feed_with_a_filter_holds_every_record_that_passes_it()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        Seed(fixture);
        var schema = await fixture.Connector.GetSchemaAsync("customers", default);

        await FilterLaws.CheckAsync(Generator, schema!, filter => ReadAsync(fixture, filter), (int)(Filters * Check.Iter / 100));
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

    private static void Seed(EmulatorFixture fixture)
    {
        var number = 0;
        foreach (var city in (string[])["", "Oslo", "oslo", "ö", "O", .. FilterGenerator.AwkwardTexts])
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
