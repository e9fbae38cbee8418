namespace Dataverse.Sync.WebApi.Tests;

/// <summary>What the schema says of columns with column security, and how their values are read.</summary>
public sealed class ColumnSecurityTests
{
    private const string NoMasks = """{"value":[]}""";

    [Theory]
    [InlineData(4, 4, 4, true, true, true)]
    [InlineData(4, 0, 0, true, false, false)]
    [InlineData(0, 4, 0, false, true, false)]
    [InlineData(0, 0, 4, false, false, true)]
    public async Task GetSchema_tells_the_rights_of_the_caller_on_a_secured_column(
        int read, int create, int update, bool canRead, bool canInsert, bool canUpdate)
    {
        var schema = await ReadAsync(new() { SecuredColumns = ["name"], Rights = Rights(("name", read, create, update)) });

        schema.Find("name")!.Should().BeEquivalentTo(new { CanRead = canRead, CanInsert = canInsert, CanUpdate = canUpdate });
        schema.Find("accountnumber")!.Should().BeEquivalentTo(new { CanRead = true, CanInsert = true, CanUpdate = true });
    }

    [Fact]
    public async Task GetSchema_takes_a_secured_column_that_the_rights_do_not_list_for_unreadable()
    {
        var schema = await ReadAsync(new() { SecuredColumns = ["name"], Rights = Rights(("accountnumber", 4, 4, 4)) });

        schema.Find("name")!.Should().BeEquivalentTo(new { CanRead = false, CanInsert = false, CanUpdate = false });
    }

    [Theory]
    [InlineData(403)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(501)]
    public async Task GetSchema_takes_secured_columns_for_unreadable_where_the_rights_cannot_be_read(int status)
    {
        var schema = await ReadAsync(new() { SecuredColumns = ["name"], Rights = (status, StubService.ErrorBody("0x80040220")) });

        schema.Find("name")!.Should().BeEquivalentTo(new { CanRead = false, CanInsert = false, CanUpdate = false });
        schema.Find("accountnumber")!.CanRead.Should().BeTrue();
    }

    [Fact]
    public async Task GetSchema_takes_a_masked_column_for_unreadable_though_the_caller_may_read_it()
    {
        var schema = await ReadAsync(new()
        {
            SecuredColumns = ["name", "accountnumber"],
            Rights = Rights(("name", 4, 4, 4), ("accountnumber", 4, 4, 4)),
            Masks = (200, """{"value":[{"attributelogicalname":"name","attributemaskingruleid":"00000000-0000-4000-8000-000000000001"}]}"""),
        });

        schema.Find("name")!.CanRead.Should().BeFalse();
        schema.Find("accountnumber")!.CanRead.Should().BeTrue();
    }

    [Fact]
    public async Task GetSchema_takes_secured_texts_and_numbers_for_unreadable_where_masking_rules_cannot_be_read()
    {
        var schema = await ReadAsync(new()
        {
            SecuredColumns = ["name", "numberofemployees", "donotphone"],
            Rights = Rights(("name", 4, 4, 4), ("numberofemployees", 4, 4, 4), ("donotphone", 4, 4, 4)),
            Masks = (403, StubService.ErrorBody("0x80040220")),
        });

        schema.Fields.Where(field => !field.CanRead).Select(field => field.Name).Should().BeEquivalentTo("name", "numberofemployees");
    }

    [Fact]
    public async Task Rights_cost_one_request_for_all_tables_and_none_where_no_column_is_secured()
    {
        var service = new StubService { Definitions = new() { SecuredColumns = ["donotphone"] } };
        using var connector = service.Connect();

        _ = await connector.GetSchemaAsync("account", default);
        _ = await connector.GetSchemaAsync("contact", default);

        service.DefinitionRequests.Should().HaveCount(3);
        service.DefinitionRequests.Select(request => request.Line).Should()
            .ContainSingle(line => line.StartsWith("GET systemusers(", StringComparison.Ordinal))
            .Which.Should().Be($"GET systemusers({StubDefinitions.Caller})/Microsoft.Dynamics.CRM.RetrievePrincipalAttributePrivileges()");

        var open = new StubService();
        using var other = open.Connect();
        _ = await other.GetSchemaAsync("account", default);
        _ = await other.GetSchemaAsync("contact", default);
        open.DefinitionRequests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_full_name_whose_parts_may_not_be_written_cannot_be_written()
    {
        using var connector = new StubService
        {
            Definitions = new() { SecuredColumns = ["firstname"], Rights = Rights(("firstname", 4, 4, 0)) },
        }.Connect();

        (await connector.GetSchemaAsync("contact", default))!.Find("fullname")!.Should()
            .BeEquivalentTo(new { CanInsert = true, CanUpdate = false });
    }

    [Theory]
    [InlineData("""{"AttributePrivileges":null}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    public async Task Rights_that_cannot_be_right_fail_the_reading(string body)
    {
        var read = () => ReadAsync(new() { SecuredColumns = ["name"], Rights = (200, body) });

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
    }

    [Fact]
    public async Task A_row_may_lack_a_secured_column_and_no_other()
    {
        const string Row = """{"@odata.etag":"W/\"1\"","accountid":"00000000-0000-4000-8000-000000000001","modifiedon":"2026-01-01T00:00:00Z","accountnumber":"1"}""";
        using var secured = new StubService(StubService.Page(Row)) { Definitions = new() { SecuredColumns = ["name"] } }.Connect();
        using var open = new StubService(StubService.Page(Row)).Connect();
        var query = new RecordQuery
        {
            Table = "account",
            Ids = [new("00000000-0000-4000-8000-000000000001")],
            Fields = ["name", "accountnumber"],
        };

        (await secured.ReadByIdAsync(query, default)).Single()["name"].IsBlank.Should().BeTrue();
        var read = () => open.ReadByIdAsync(query, default);
        await read.Should().ThrowAsync<ConnectorException>();
    }

    private static (int Status, string Body) Rights(params IEnumerable<(string Column, int Read, int Create, int Update)> rights)
    {
        var items = rights.Select(right =>
            $$"""{"AttributeId":"{{StubDefinitions.IdOf(right.Column)}}","CanRead":{{right.Read}},"CanCreate":{{right.Create}},"CanUpdate":{{right.Update}}}""");
        return (200, $$"""{"AttributePrivileges":[{{string.Join(',', items)}}]}""");
    }

    private static async Task<TableSchema> ReadAsync(StubDefinitions definitions)
    {
        var masked = definitions.Masks.Status == 404 ? definitions with { Masks = (200, NoMasks) } : definitions;
        using var connector = new StubService { Definitions = masked }.Connect();
        return (await connector.GetSchemaAsync("account", default))!;
    }
}
