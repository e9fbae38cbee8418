using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.Http.Tests;

/// <summary>Pages that are read while they arrive.</summary>
public sealed class PageParserTests
{
    // More than one part of a body.
    private const int ManyRecords = 1_000;

    private static readonly RecordShape Shape = new(
        new RecordLayout("customers", ["displayName"]),
        [
            new("@odata.etag", JsonFields.Text, role: RecordRole.Version),
            new("id", JsonFields.Identifier, role: RecordRole.Id),
            new("displayName", JsonFields.Text, 0),
        ])
    {
        KeepsUnreadableValues = true,
        ReadsDeletions = true,
    };

    private static readonly string Page = $$"""
         {"@odata.context":"x","other":{"a":[1,2.5e3,{}]},"value":[
          {{Row(1, "\"a\"")}},{{Row(2, "\"S\\u00f6hne \\ud83d\\ude00 ä\"")}},{"reason":"deleted","id":"11111111-89ab-cdef-0123-456789abcdef"},
          {{Row(3, "[12,{\"deep\":[true,null]}]")}} , {{Row(4, "null")}}],
         "@odata.nextLink":"https://erp.example/next","count":12}
        """;

    private static readonly string[] Odd =
    [
        Page, "{}", "[]", " ", "{\"value\":[]}", "{\"value\":{}}", "{\"value\":[],\"value\":[]}", "{\"value\":[],\"error\":{\"code\":\"x\"}}", "{\"value\":[1]}",
        "{\"value\":[]} x", "{\"value\":[]}{}", "{\"value\":[{}]}", "{\"value\":[],\"@odata.nextLink\":1}", "{\"value\":[],\"@odata.nextLink\":\"a\",\"@odata.nextLink\":\"b\"}",
        "{\"value\":[" + new string('[', 80) + "]", "{\"value\":[],\"n\":12", "{\"value\":[{\"id\":\"\ud800\"}]}",
    ];

    [Fact]
    public void A_page_in_any_parts_is_the_page_as_a_whole_and_any_other_body_is_none() =>
        Gen.Select(Gen.Int[0, Odd.Length - 1].Select(index => Odd[index]), Gen.Int[0, 400], Gen.Int[1, 40].Array[1, 20]).Sample((body, cut, parts) =>
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            bytes = cut < bytes.Length && cut % 3 == 0 ? bytes[..cut] : bytes;

            Describe(InParts(bytes, parts)).Should().Be(Describe(() => PageReader.Read(bytes, Shape)));
        });

    [Fact]
    public async Task A_page_of_many_parts_is_read_from_an_answer()
    {
        var (answer, page) = await ReadAsync(StubHandler.Sequence(() => StubHandler.Json(ManyRows())));

        answer.Failure.Should().BeNull();
        page!.Complete().Records.Select(record => record["displayName"].AsText()).Should().Equal(Enumerable.Range(0, ManyRecords).Select(number => $"Name {number}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"value\":[{{")]
    public async Task A_page_that_breaks_off_is_read_again_from_its_beginning_also_if_it_is_damaged(string damage)
    {
        var service = StubHandler.Sequence(
            () => new() { Content = new StreamContent(new BreakingOffStream(Encoding.UTF8.GetBytes(damage + ManyRows())[..^10])) },
            () => StubHandler.Json(ManyRows()));

        var (answer, page) = await ReadAsync(service);

        answer.Failure.Should().BeNull();
        service.Requests.Should().HaveCount(2);
        page!.Complete().Records.Should().HaveCount(ManyRecords);
    }

    [Theory]
    [InlineData("{\"\\u0076alue\":[ROW]}", 1)]
    [InlineData("{\"note\":{\"error\":1},\"value\":[ROW,ROW]}", 2)]
    [InlineData("{\"value\":[ROW],\"@odata.nextLink\":\"a\\/b\",\"n\":-1.5e-3}\r\n\t ", 1)]
    [InlineData("{\"value\":null}", null)]
    [InlineData("\ufeff{\"value\":[]}", null)]
    [InlineData("{\"value\":[ROW,]}", null)]
    [InlineData("{\"value\":[ROW],\"\\u0065rror\":{}}", null)]
    public void Odd_forms_of_a_page_are_read_as_json_has_them_whatever_the_parts(string form, int? records)
    {
        var body = Encoding.UTF8.GetBytes(form.Replace("ROW", Row(1, "\"a\""), StringComparison.Ordinal));

        foreach (var size in new[] { 1, 7, body.Length })
        {
            var read = InParts(body, [size]);
            if (records is null)
            {
                read.Should().Throw<JsonException>();
            }
            else
            {
                read().Records.Should().HaveCount(records.Value);
            }
        }
    }

    [Fact]
    public async Task A_page_beyond_the_limit_is_malformed()
    {
        var (answer, _) = await ReadAsync(StubHandler.Sequence(() => StubHandler.Json(ManyRows())), limit: 70_000);

        answer.Failure!.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        answer.Failure.Message.Should().Contain("70000 bytes");
    }

    [Fact]
    public void A_text_of_many_records_is_kept_once_and_every_record_keeps_its_own()
    {
        var names = Enumerable.Range(0, 3_000).Select(number => number % 3 == 0 ? "Town" : $"Place {number % 1_700}").ToList();
        var rows = string.Join(',', names.Select((name, number) => Row(number, $"\"{name}\"")));

        var read = PageReader.Read(Encoding.UTF8.GetBytes("{\"value\":[" + rows + "]}"), Shape).Records.Select(record => record["displayName"].AsText()).ToList();

        read.Should().Equal(names);
        read.Where(name => name == "Town").Distinct(ReferenceEqualityComparer.Instance).Should().HaveCountLessThan(50);
    }

    [Fact]
    public async Task A_record_greater_than_a_part_is_read()
    {
        var name = new string('x', 200_000);
        var (answer, page) = await ReadAsync(StubHandler.Sequence(() => StubHandler.Json("{\"value\":[" + Row(0, $"\"{name}\"") + "]}")));

        answer.Failure.Should().BeNull();
        page!.Complete().Records.Should().ContainSingle().Which["displayName"].Should().Be(FieldValue.Text(name));
    }

    [Fact]
    public async Task A_page_that_is_no_json_fails_the_read_and_frees_its_place()
    {
        var service = StubHandler.Sequence(() => StubHandler.Html(200), () => StubHandler.Json("{\"value\":[]}"));
        using var connection = new HttpConnection(Connections.Settings(service) with { MaxConcurrency = 1 });
        var call = Connections.Get() with { Parser = () => new PageParser(Shape) };

        await connection.Invoking(it => it.SendAsync(call, default)).Should().ThrowAsync<JsonException>();
        using var next = await connection.SendAsync(call, default);

        next.Status.Should().Be(HttpStatusCode.OK);
    }

    private static async Task<(HttpOutcome Outcome, PageParser? Page)> ReadAsync(StubHandler service, long limit = 1_000_000)
    {
        PageParser? parser = null;
        using var connection = new HttpConnection(Connections.Settings(service) with { MaxResponseBytes = limit });
        var outcome = await connection.AttemptAsync(Connections.Get() with { Parser = () => parser = new PageParser(Shape) }, default);
        outcome.Dispose();
        return (outcome, parser);
    }

    private static Func<RecordPage> InParts(byte[] body, int[] sizes) => () =>
    {
        var parser = new PageParser(Shape);
        var (start, end) = (0, 0);
        for (var part = 0; end < body.Length || part == 0; part++)
        {
            end = Math.Min(body.Length, end + sizes[part % sizes.Length]);
            start += parser.Read(body.AsSpan(start..end), isLast: end == body.Length);
        }

        return parser.Complete();
    };

    private static string Describe(Func<RecordPage> read)
    {
        try
        {
            var page = read();
            var records = page.Records.Select(record => $"{record.Id} {record.Version} {record[0].Kind} {record[0]}");
            return string.Join('\n', [.. records, .. page.Deleted.Select(id => $"-{id}"), page.NextLink ?? "end"]);
        }
        catch (JsonException)
        {
            return "malformed";
        }
    }

    private static string ManyRows() =>
        "{\"value\":[" + string.Join(',', Enumerable.Range(0, ManyRecords).Select(number => Row(number, $"\"Name {number}\""))) + "]}";

    private static string Row(int number, string name) =>
        $$"""{"@odata.etag":"W/\"{{number}}\"","id":"{{new Guid(number, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)}}","displayName":{{name}},"more":[{{number}}]}""";

    private sealed class BreakingOffStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The connection broke.");
    }
}
