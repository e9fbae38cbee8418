namespace Dataverse.Sync.Conformance;

public abstract partial class TableConnectorConformance
{
    [Fact]
    public void Connector_has_a_name_and_an_identity_that_stay()
    {
        Connector.Name.Should().NotBeNullOrWhiteSpace();
        Connector.Identity.Should().NotBeNullOrWhiteSpace();
        System.Reconnect().Identity.Should().Be(Connector.Identity);
    }

    [Theory]
    [InlineData("no_such_table")]
    [InlineData("no'such&table?%")]
    public async Task GetSchema_of_a_missing_table_gives_null(string table) =>
        (await Connector.GetSchemaAsync(table, default)).Should().BeNull();

    [Fact]
    public async Task GetSchema_names_the_table_its_key_and_its_fields_with_their_types()
    {
        var schema = await ReadSchemaAsync();

        schema.Name.Should().Be(Table.Name);
        schema.Find(schema.KeyField).Should().NotBeNull();
        schema.Find(Table.BusinessKey)!.Type.Should().Be(FieldType.Text);
        schema.Find(Table.Text)!.Should().BeEquivalentTo(new { Type = FieldType.Text, IsCode = false });
        schema.Find(Table.OtherText)!.Should().BeEquivalentTo(new { Type = FieldType.Text, IsCode = false });
        foreach (var sample in Table.Samples)
        {
            schema.Find(sample.Name)!.Type.Should().Be(sample.Type, "'{0}' is listed so", sample.Name);
        }
    }

    [Fact]
    public async Task GetSchema_tells_what_can_be_written()
    {
        var schema = await ReadSchemaAsync();

        schema.IsWritable.Should().BeTrue();
        schema.Fields.Where(field => Fields.Contains(field.Name)).Should().OnlyContain(field => field.CanInsert && field.CanUpdate);
        schema.Find(Table.ReadOnly)!.Should().BeEquivalentTo(new { CanInsert = false, CanUpdate = false });
        schema.Find(schema.KeyField)!.CanUpdate.Should().BeFalse();
    }

    [Fact]
    public async Task GetSchema_tells_the_traits_of_the_system()
    {
        var schema = await ReadSchemaAsync();

        schema.ReportsDeletions.Should().Be(Traits.ReportsDeletions);
        schema.KeepsChosenIds.Should().Be(Traits.KeepsChosenIds);
        schema.BusinessKeyField.Should().Match(field => !Traits.HasUniqueBusinessKey || field == Table.BusinessKey);
    }

    [Fact]
    public async Task GetSchema_tells_the_tables_that_a_reference_points_to()
    {
        var schema = await ReadSchemaAsync();

        foreach (var sample in Table.Samples.Where(sample => sample.Type == FieldType.Reference))
        {
            var known = schema.Find(sample.Name)!.ReferencedTables;
            sample.Values.Select(value => value.ReferencedTable).Should().OnlyContain(table => known.Count == 0 || known.Contains(table!));
        }
    }

    [Fact]
    public async Task GetSchema_tells_the_options_of_a_choice()
    {
        var schema = await ReadSchemaAsync();

        foreach (var sample in Table.Samples.Where(sample => sample.Type == FieldType.Choice))
        {
            var known = schema.Find(sample.Name)!.Options.Select(option => option.Value).ToList();
            sample.Values.Should().OnlyContain(value => known.Count == 0 || known.Contains(value));
        }
    }

    private async Task<TableSchema> ReadSchemaAsync() => (await Connector.GetSchemaAsync(Table.Name, default))!;
}
