using Dataverse.Sync.Execution;

namespace Dataverse.Sync.Tests.Execution.Compilation;

public sealed class ReadFieldsTests
{
    private static readonly IntegrationTableMapping Mapping =
        new IntegrationTableMappingBuilder("CUSTOMER").Between("customers", "account").Field("displayName", "name").Build();

    [Theory]
    [InlineData(false, "displayName", "number")]
    [InlineData(true, "displayName")]
    public void Business_key_is_read_where_only_it_tells_a_lost_record(bool keepsChosenIds, params string[] expected)
    {
        var compiled = new CompiledMapping(
            Mapping, new(Schema("customers", keepsChosenIds, "displayName", "number"), Schema("account", true, "name", "number")), []);

        compiled.ReadFields(SyncSide.Local).Should().Equal(expected);
        compiled.ReadFields(SyncSide.Integration).Should().Equal("name");
    }

    private static TableSchema Schema(string table, bool keepsChosenIds, params string[] fields) => new()
    {
        Name = table,
        KeyField = "id",
        BusinessKeyField = "number",
        KeepsChosenIds = keepsChosenIds,
        Fields = [.. fields.Select(field => new FieldSchema { Name = field, Type = FieldType.Text })],
    };
}
