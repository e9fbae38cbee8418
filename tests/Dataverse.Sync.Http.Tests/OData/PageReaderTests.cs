using System.Text;
using System.Text.Json;
using CsCheck;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.Http.Tests;

public sealed class PageReaderTests
{
    private static readonly Guid Id = new("01234567-89ab-cdef-0123-456789abcdef");

    private static readonly RecordShape Shape = new(
        new RecordLayout("customers", ["displayName", "creditLimit"]),
        [
            new("@odata.etag", JsonFields.Text, role: RecordRole.Version),
            new("id", JsonFields.Identifier, role: RecordRole.Id),
            new("displayName", JsonFields.Text, 0),
            new("creditLimit", JsonFields.Decimal, 1),
            new("lastModifiedDateTime", JsonFields.DateTime, role: RecordRole.ModifiedOn),
        ]);

    [Fact]
    public void Read_fills_records_in_any_order_of_properties()
    {
        var page = Read("""
            {"@odata.context":"x","value":[
              {"@odata.etag":"W/\"JzE5\"","id":"01234567-89ab-cdef-0123-456789abcdef","displayName":"Söhne \u0026 Co","creditLimit":10.50,"lastModifiedDateTime":"2026-08-17T10:15:30.12Z"},
              {"lastModifiedDateTime":"2026-08-17T10:15:31Z","other":{"deep":[1,{}]},"creditLimit":0,"displayName":"","id":"11111111-89ab-cdef-0123-456789abcdef"}],
             "@odata.nextLink":"https://erp.example/next"}
            """);

        page.NextLink.Should().Be("https://erp.example/next");
        page.Records.Should().HaveCount(2);
        page.Records[0].Id.Should().Be(Id);
        page.Records[0].Version.Should().Be("W/\"JzE5\"");
        page.Records[0].ModifiedOn.Should().Be(new DateTimeOffset(2026, 8, 17, 10, 15, 30, 120, TimeSpan.Zero));
        page.Records[0]["displayName"].Should().Be(FieldValue.Text("Söhne & Co"));
        page.Records[0]["creditLimit"].Should().Be(FieldValue.Decimal(10.5m));
        page.Records[1]["displayName"].IsBlank.Should().BeTrue();
        page.Records[1]["creditLimit"].Should().Be(FieldValue.Decimal(0));
        page.Records[1].Version.Should().BeNull();
    }

    [Fact]
    public void Read_joins_a_reference_with_its_table_and_sees_deletions()
    {
        var shape = new RecordShape(
            new RecordLayout("contact", ["parent"]),
            [
                new("contactid", JsonFields.Identifier, role: RecordRole.Id),
                new("_parent_value@table", JsonFields.Text, 0, RecordRole.ReferencedTable),
                new("_parent_value", JsonFields.Identifier, 0),
            ])
        { ReadsDeletions = true };

        var page = PageReader.Read(
            Encoding.UTF8.GetBytes($$"""
                {"value":[
                  {"contactid":"{{Id}}","_parent_value":"11111111-89ab-cdef-0123-456789abcdef","_parent_value@table":"account"},
                  {"@odata.context":"…$deletedEntity","id":"22222222-89ab-cdef-0123-456789abcdef","reason":"deleted"}],
                 "@odata.deltaLink":"https://erp.example/delta"}
                """),
            shape);

        page.Records.Should().ContainSingle().Which[0].Should().Be(FieldValue.Reference(new Guid("11111111-89ab-cdef-0123-456789abcdef"), "account"));
        page.Deleted.Should().Equal(new Guid("22222222-89ab-cdef-0123-456789abcdef"));
        page.DeltaLink.Should().Be("https://erp.example/delta");
    }

    [Theory]
    [InlineData("<html></html>")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"value":{}}""")]
    [InlineData("""{"value":[1]}""")]
    [InlineData("""{"value":[]}{}""")]
    [InlineData("""{"value":[{"displayName":"a","creditLimit":1}]}""")]
    [InlineData("""{"value":[{"id":"01234567-89ab-cdef-0123-456789abcdef","displayName":"a"}]}""")]
    [InlineData("""{"value":[{"id":"00000000-0000-0000-0000-000000000000","displayName":"a","creditLimit":1}]}""")]
    [InlineData("""{"value":[{"id":"01234567-89ab-cdef-0123-456789abcdef","displayName":5,"creditLimit":1}]}""")]
    [InlineData("""{"value":[{"id":"01234567-89ab-cdef-0123-456789abcdef","displayName":"\ud800","creditLimit":1}]}""")]
    [InlineData("""{"value":[{"id":"01234567-89ab-cdef-0123-456789abcdef","displayName":"a","creditLimit":1}""")]
    [InlineData("""{"value":[],"error":{"code":"x","message":"y"}}""")]
    [InlineData("""{"value":[],"@odata.nextLink":5}""")]
    [InlineData("""{"value":[],"value":[]}""")]
    [InlineData("""{"value":[],"@odata.nextLink":"a","@odata.nextLink":"b"}""")]
    [InlineData("""{"value":[],"@odata.deltaLink":"a","@odata.deltaLink":"b"}""")]
    [InlineData("""{"value":[{"id":"01234567-89ab-cdef-0123-456789abcdef","displayName":"a","displayName":"b"}]}""")]
    [InlineData("""{"value":[{"id":"01234567-89ab-cdef-0123-456789abcdef","displayName":"a","creditLimit":1,"creditLimit":2}]}""")]
    [InlineData("""{"value":[{"id":"01234567-89ab-cdef-0123-456789abcdef","id":"11111111-89ab-cdef-0123-456789abcdef","displayName":"a","creditLimit":1}]}""")]
    [InlineData("""{"value":[{"@odata.etag":"1","@odata.etag":"2","id":"01234567-89ab-cdef-0123-456789abcdef","displayName":"a","creditLimit":1}]}""")]
    public void Read_refuses_what_is_no_page(string body)
    {
        var read = () => Read(body);

        read.Should().Throw<JsonException>();
    }

    [Theory]
    [InlineData("""{"id":"22222222-89ab-cdef-0123-456789abcdef","reason":"changed"}""")]
    [InlineData("""{"id":"22222222-89ab-cdef-0123-456789abcdef","reason":null}""")]
    [InlineData("""{"id":"22222222-89ab-cdef-0123-456789abcdef","reason":["deleted"]}""")]
    [InlineData("""{"id":"22222222-89ab-cdef-0123-456789abcdef","id":"33333333-89ab-cdef-0123-456789abcdef","reason":"deleted"}""")]
    [InlineData("""{"id":"nothing","reason":"deleted"}""")]
    [InlineData("""{"reason":"deleted"}""")]
    [InlineData("""{"contactid":"22222222-89ab-cdef-0123-456789abcdef","name":"a","id":"22222222-89ab-cdef-0123-456789abcdef","reason":"deleted"}""")]
    public void Read_takes_nothing_for_a_deletion_that_does_not_surely_say_so(string row)
    {
        var shape = new RecordShape(
            new RecordLayout("contact", ["name"]),
            [new("contactid", JsonFields.Identifier, role: RecordRole.Id), new("name", JsonFields.Text, 0)])
        { ReadsDeletions = true };

        var read = () => PageReader.Read(Encoding.UTF8.GetBytes($$"""{"value":[{{row}}]}"""), shape);

        read.Should().Throw<JsonException>();
    }

    [Fact]
    public void Read_takes_a_field_called_reason_for_a_field()
    {
        var shape = new RecordShape(
            new RecordLayout("complaint", ["reason"]),
            [new("complaintid", JsonFields.Identifier, role: RecordRole.Id), new("reason", JsonFields.Text, 0)])
        { ReadsDeletions = true };

        var page = PageReader.Read(Encoding.UTF8.GetBytes($$"""{"value":[{"complaintid":"{{Id}}","reason":"deleted"}]}"""), shape);

        page.Records.Should().ContainSingle().Which["reason"].Should().Be(FieldValue.Text("deleted"));
        page.Deleted.Should().BeEmpty();
    }

    [Fact]
    public void Read_names_the_property_at_fault_and_not_its_value()
    {
        var read = () => Read("""{"value":[{"id":"01234567-89ab-cdef-0123-456789abcdef","displayName":"a","creditLimit":"secret"}]}""");

        read.Should().Throw<JsonException>().Which.Message.Should().Contain("creditLimit").And.NotContain("secret");
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("\"###\"")]
    [InlineData("[1,{\"a\":[2]}]")]
    [InlineData("true")]
    public void Read_marks_a_value_that_cannot_be_read_where_the_shape_keeps_such_values(string value)
    {
        var shape = new RecordShape(Shape.Layout, Shape.Properties) { KeepsUnreadableValues = true };
        var body = "{\"value\":[{\"id\":\"01234567-89ab-cdef-0123-456789abcdef\",\"creditLimit\":" + value + ",\"displayName\":\"a\"}]}";

        var page = PageReader.Read(Encoding.UTF8.GetBytes(body), shape);

        page.Records.Should().ContainSingle().Which["creditLimit"].Should().Be(FieldValue.Unreadable);
        page.Records[0]["displayName"].Should().Be(FieldValue.Text("a"));
    }

    [Fact]
    public void Read_of_any_prefix_or_garbled_page_fails_in_one_way_only()
    {
        var page = Encoding.UTF8.GetBytes("""{"value":[{"@odata.etag":"W/\"J\"","id":"01234567-89ab-cdef-0123-456789abcdef","displayName":"ä\u00e4","creditLimit":1.5,"lastModifiedDateTime":"2026-08-17T10:15:30Z"}],"@odata.nextLink":"x"}""");
        Gen.Select(Gen.Int[0, page.Length - 1], Gen.Byte, Gen.Bool).Sample((place, garbage, cuts) =>
        {
            byte[] body = cuts ? page[..place] : [.. page[..place], garbage, .. page[(place + 1)..]];
            try
            {
                _ = PageReader.Read(body, Shape);
                return !cuts;
            }
            catch (JsonException)
            {
                return true;
            }
        });
    }

    [Fact]
    public void Read_agrees_with_a_strict_parser_on_any_page() =>
        Gen.Int[0, Pieces.Length - 1].Array[0, 12].Array[0, 3].Sample(rows =>
        {
            var body = $$"""{"value":[{{string.Join(',', rows.Select(row => "{" + string.Join(',', row.Select(index => Pieces[index])) + "}"))}}]}""";
            RecordPage? page = null;
            try
            {
                page = Read(body);
            }
            catch (JsonException)
            {
                // Then the other parser must refuse it too.
            }

            (page?.Records.Select(record => (record.Id, record[0], record[1]))).Should().BeEquivalentTo(Expected(body));
        });

    private static readonly string[] Pieces =
    [
        "\"id\":\"01234567-89ab-cdef-0123-456789abcdef\"", "\"id\":\"01234567-89ab-cdef-0123-456789abcdef\"", "\"displayName\":\"a\"", "\"displayName\":\"b\"", "\"displayName\":null",
        "\"creditLimit\":1.50", "\"creditLimit\":0", "\"creditLimit\":null", "\"creditLimit\":\"1\"", "\"other\":[1,{}]", "\"id\":null", "\"@odata.etag\":\"W/1\"",
    ];

    // What a reader of another make gets out of a page of the shape; null where it is none.
    private static List<(Guid, FieldValue, FieldValue)>? Expected(string body)
    {
        var rows = new List<(Guid, FieldValue, FieldValue)>();
        using var document = JsonDocument.Parse(body);
        foreach (var row in document.RootElement.GetProperty("value").EnumerateArray())
        {
            var names = row.EnumerateObject().Select(property => property.Name).Where(name => name != "other").ToList();
            if (names.Distinct().Count() != names.Count || !new[] { "id", "displayName", "creditLimit" }.All(names.Contains)
                || row.GetProperty("id").ValueKind != JsonValueKind.String || row.GetProperty("creditLimit").ValueKind == JsonValueKind.String)
            {
                return null;
            }

            var limit = row.GetProperty("creditLimit");
            rows.Add((row.GetProperty("id").GetGuid(), FieldValue.Text(row.GetProperty("displayName").GetString()), limit.ValueKind == JsonValueKind.Null ? default : FieldValue.Decimal(limit.GetDecimal())));
        }

        return rows;
    }

    private static RecordPage Read(string body) => PageReader.Read(Encoding.UTF8.GetBytes(body), Shape);
}
