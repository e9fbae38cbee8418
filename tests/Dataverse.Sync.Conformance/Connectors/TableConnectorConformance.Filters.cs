namespace Dataverse.Sync.Conformance;

public abstract partial class TableConnectorConformance
{
    private const string Awkward = "O'Brien & \"Söhne\" 100% [a_b] #1/2+3?";

    /// <summary>Filters by name, so that a failing one is seen in the test's title.</summary>
    public static TheoryData<string> FilterNames => [.. FiltersByName(new() { Name = "", BusinessKey = "k", Text = "t", OtherText = "o", ReadOnly = "", Samples = [] }).Keys];

    [Theory]
    [MemberData(nameof(FilterNames))]
    public async Task ReadChanges_with_a_filter_delivers_every_row_that_passes_it(string name)
    {
        var ids = await SeedAsync(8);
        await System.UpdateAsync(ids[1], [Write(Table.OtherText, "Oslo")]);
        await System.UpdateAsync(ids[2], [Write(Table.OtherText, "OSLO north")]);
        await System.UpdateAsync(ids[3], [Write(Table.Text, Awkward), Write(Table.OtherText, "Bergen")]);
        var all = (await ReadFeedAsync(Query())).SelectMany(page => page.Records).ToList();
        var filter = FiltersByName(Table)[name].BindTo((await Connector.GetSchemaAsync(Table.Name, default))!);

        var pages = await ReadFeedAsync(Query() with { Filter = filter });

        all.Where(filter.Matches).Select(record => record.Id).Should().BeSubsetOf(Ids(pages));
        if (pages[0].Coverage == ChangeCoverage.WholeTable)
        {
            Ids(pages).Should().Contain(ids, "the feed claims to cover the whole table");
        }
    }

    [Fact]
    public async Task ReadChanges_with_a_filter_and_a_checkpoint_delivers_the_changed_rows_that_pass()
    {
        var ids = await SeedAsync(4);
        var filter = RecordFilter.Equal(Table.OtherText, FieldValue.Text("Oslo"));
        var checkpoint = (await ReadFeedAsync(Query() with { Filter = filter }))[^1].Checkpoint;

        await System.UpdateAsync(ids[0], [Write(Table.OtherText, "Oslo")]);
        await System.UpdateAsync(ids[1], [Write(Table.OtherText, "Bergen")]);

        Ids(await ReadFeedAsync(Query(checkpoint) with { Filter = filter })).Should().Contain(ids[0]);
    }

    private static Dictionary<string, RecordFilter> FiltersByName(ConformanceTable table)
    {
        static FieldValue Text(string text) => FieldValue.Text(text);
        var oslo = RecordFilter.Equal(table.OtherText, Text("oslo"));
        return new()
        {
            ["equal, other letter case"] = oslo,
            ["not equal, blanks pass"] = RecordFilter.NotEqual(table.OtherText, Text("Oslo")),
            ["blank"] = RecordFilter.IsBlank(table.OtherText),
            ["not blank"] = RecordFilter.IsNotBlank(table.OtherText),
            ["less"] = RecordFilter.Compare(table.BusinessKey, ComparisonOperator.Less, Text(table.KeyOf(3))),
            ["greater or equal"] = RecordFilter.Compare(table.BusinessKey, ComparisonOperator.GreaterOrEqual, Text(table.KeyOf(3))),
            ["starts with, other letter case"] = RecordFilter.Compare(table.OtherText, ComparisonOperator.StartsWith, Text("osl")),
            ["contains, other letter case"] = RecordFilter.Compare(table.OtherText, ComparisonOperator.Contains, Text("SLO N")),
            ["equal, awkward characters"] = RecordFilter.Equal(table.Text, Text(Awkward)),
            ["starts with, awkward characters"] = RecordFilter.Compare(table.Text, ComparisonOperator.StartsWith, Text("O'Brien & \"")),
            ["contains, awkward characters"] = RecordFilter.Compare(table.Text, ComparisonOperator.Contains, Text("100% [a_b] #")),
            ["pattern, other letter case"] = RecordFilter.Like(table.OtherText, "o?L*"),
            ["pattern, awkward characters"] = RecordFilter.Like(table.Text, "*[[]a_b]*1/2+3[?]"),
            ["pattern without accents"] = RecordFilter.Like(table.Text, "*sohne*", ignoresAccents: true),
            ["pattern of anything"] = RecordFilter.Like(table.OtherText, "*"),
            ["not a pattern"] = RecordFilter.Like(table.OtherText, "o?l*").Not(),
            ["interval"] = RecordFilter.Parse(table.BusinessKey, $"'{table.KeyOf(2)}'..'{table.KeyOf(4)}'|'{table.KeyOf(6)}'"),
            ["all"] = RecordFilter.All(oslo, RecordFilter.IsNotBlank(table.Text)),
            ["any"] = RecordFilter.Any(oslo, RecordFilter.Equal(table.Text, Text("Row 5"))),
            ["not"] = oslo.Not(),
            ["not any"] = RecordFilter.Any(oslo, RecordFilter.IsBlank(table.OtherText)).Not(),
            ["not not equal"] = RecordFilter.NotEqual(table.OtherText, Text("Oslo")).Not(),
            ["not all"] = RecordFilter.All(RecordFilter.IsNotBlank(table.OtherText), RecordFilter.Equal(table.Text, Text("Row 1"))).Not(),
            ["all of none"] = RecordFilter.All(),
            ["any of none"] = RecordFilter.Any(),
            ["nested"] = RecordFilter.Any(RecordFilter.All(oslo, RecordFilter.Any()), RecordFilter.All().And(RecordFilter.IsBlank(table.OtherText))),
        };
    }
}
