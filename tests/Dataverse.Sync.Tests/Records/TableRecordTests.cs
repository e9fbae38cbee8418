namespace Dataverse.Sync.Tests;

public sealed class TableRecordTests
{
    private static readonly RecordLayout Layout = new("account", ["name", "Name", "creditlimit"]);

    [Fact]
    public void Layout_knows_its_fields_by_name_with_letter_case()
    {
        Layout.Table.Should().Be("account");
        Layout.Fields.Should().Equal("name", "Name", "creditlimit");
        Layout.IndexOf("name").Should().Be(0);
        Layout.IndexOf("Name").Should().Be(1);
        Layout.IndexOf("creditlimit").Should().Be(2);
        Layout.IndexOf("NAME").Should().Be(-1);
        new RecordLayout("account", []).IndexOf("name").Should().Be(-1);
    }

    [Fact]
    public void Layout_keeps_a_copy_of_its_fields()
    {
        List<string> fields = ["name"];
        var layout = new RecordLayout("account", fields);

        fields.Add("other");

        layout.Fields.Should().Equal("name");
    }

    [Fact]
    public void Layout_refuses_a_field_named_twice_and_a_table_without_a_name()
    {
        var twice = () => new RecordLayout("account", ["name", "email", "name"]);
        var nameless = () => new RecordLayout(string.Empty, ["name"]);

        twice.Should().Throw<ArgumentException>().WithMessage("A layout names each field once.*");
        nameless.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Record_gives_its_values_by_name_and_by_place()
    {
        var id = Guid.NewGuid();
        var stamp = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

        var record = new TableRecord(
            Layout,
            id,
            [FieldValue.Text("a"), FieldValue.Blank, FieldValue.Decimal(5)],
            "W/\"1\"",
            stamp);

        record.Should()
            .BeEquivalentTo(new { Layout, Id = id, Version = "W/\"1\"", ModifiedOn = (DateTimeOffset?)stamp });
        record["name"].Should().Be(FieldValue.Text("a"));
        record[2].Should().Be(FieldValue.Decimal(5));
        record.Values.ToArray().Should().Equal(FieldValue.Text("a"), FieldValue.Blank, FieldValue.Decimal(5));
    }

    [Fact]
    public void Record_names_the_field_and_table_that_it_lacks()
    {
        var record = new TableRecord(Layout, Guid.NewGuid(), new FieldValue[3]);

        var read = () => record["telephone1"];

        read.Should().Throw<KeyNotFoundException>()
            .WithMessage("The record of table 'account' carries no field 'telephone1'.");
    }

    [Fact]
    public void Record_refuses_a_number_of_values_that_is_not_its_layouts()
    {
        var make = () => new TableRecord(Layout, Guid.NewGuid(), new FieldValue[2]);

        make.Should().Throw<ArgumentException>();
    }
}
