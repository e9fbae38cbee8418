using CsCheck;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Conformance;

/// <summary>Whatever of a filter the service evaluates, no record that passes it may be missing from the answer.</summary>
public abstract class OrganizationFilterConformance
{
    private static readonly FilterGenerator Generator = new(
        new FilterColumn("new_place", [FieldValue.Text("Oslo"), FieldValue.Text("OSLO"), .. FilterGenerator.AwkwardTexts.Select(FieldValue.Text), FieldValue.Blank])
        {
            Expressions = FilterGenerator.Patterns,
        },
        new FilterColumn("new_share", FieldValue.Decimal(-1.5m), FieldValue.Integer(0), FieldValue.Decimal(0.25m), FieldValue.Decimal(99_999_999m), FieldValue.Blank)
        {
            Expressions = ["-1.50", "<>0.0", ".5..1"],
        },
        new FilterColumn("new_begins", FieldValue.Date(new DateOnly(2024, 2, 29)), FieldValue.Date(new DateOnly(2026, 1, 1)), FieldValue.Blank)
        {
            Expressions = ["20260101D", "<>0D", "..20240229D"],
        },
        new FilterColumn("new_calledon", FieldValue.DateTime(new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero)), FieldValue.Blank)
        {
            Expressions = ["2026-01-01", "<>2026-01-01", ">2026-01-01", "..2026-01-01", "2026-01-01..2026-01-02", "2026-01-01T23:59:59Z"],
        },
        new FilterColumn("new_effort", FieldValue.Duration(TimeSpan.FromMinutes(90)), FieldValue.Duration(TimeSpan.FromSeconds(30)), FieldValue.Blank)
        {
            Expressions = ["PT1H30M", "<>PT0S", "PT89M..PT2H"],
        },
        new FilterColumn("statecode", FieldValue.Integer(0), FieldValue.Integer(1)) { Expressions = ["Active", "inactive", "<>1", "0..1"] })
    {
        More =
        [
            RecordFilter.RefersTo("new_customer", "account"),
            RecordFilter.Equal("new_colors", FieldValue.MultiChoice(3, 1)),
            RecordFilter.NotEqual("new_colors", FieldValue.MultiChoice(2)),
            RecordFilter.IsBlank("new_colors"),
            RecordFilter.Parse("new_colors='Blue;Red'|''"),
        ],
    };

    private static readonly string[] Fields = ["new_place", "new_share", "new_begins", "new_calledon", "new_customer", "new_effort", "new_colors", "statecode"];

    [Fact]
    public async Task A_feed_with_a_filter_holds_every_record_that_passes_it()
    {
        await using var system = await StartAsync(TablesUnderTest.Project);
        Seed(system.Emulator.Table("new_project"));
        var schema = await system.Connector.GetSchemaAsync("new_project", default);

        await FilterLaws.CheckAsync(Generator, schema!, filter => ReadAsync(system, filter), (int)Check.Iter);
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

    private static void Seed(DataverseTable table)
    {
        var number = 0;
        foreach (var place in (string?[])[null, "Oslo", "oslo north", "o'[%]_x", "ö", "O", .. FilterGenerator.AwkwardTexts, "a\U0001F600b"])
        {
            foreach (var share in new decimal?[] { null, -1.5m, 0m, 0.25m })
            {
                _ = table.Insert([
                    ("new_number", $"N{number++}"),
                    ("new_place", place),
                    ("new_share", share),
                    ("new_calledon", number % 3 == 1 ? null : new DateTimeOffset(2026, 1, 1 + (number % 2), 0, 0, 0, TimeSpan.Zero).AddSeconds(-(number % 5 / 2))),
                    ("new_effort", number % 4 == 2 ? null : number % 3 * 45),
                    ("new_colors", (number % 5) switch { 0 => null, 1 => "1,3", 2 => "2", 3 => "3,1", _ => "1" }),
                    ("new_begins", number % 3 == 0 ? null : new DateOnly(2024 + (number % 3), 1, 1)),
                    ("new_customer", number % 4 == 0 ? null : TablesUnderTest.Customer(number % 2 == 0))]);
            }
        }
    }

    private static async Task<List<TableRecord>> ReadAsync(ConformanceSystem system, RecordFilter? filter)
    {
        var records = new List<TableRecord>();
        var query = new ChangeQuery { Table = "new_project", Fields = Fields, Filter = filter };
        await foreach (var page in system.Connector.ReadChangesAsync(query, default))
        {
            records.AddRange(page.Records);
        }

        return records;
    }
}
