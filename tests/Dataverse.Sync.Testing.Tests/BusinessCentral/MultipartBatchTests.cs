using System.Net.Http.Headers;
using System.Text;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class MultipartBatchTests
{
    [Fact]
    public async Task Parts_are_answered_as_http_responses()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await SendAsync(
            bc, Part("1", "POST", "currencies", """{"code":"XTS"}"""), Part("2", "GET", "currencies?$select=code", ""));

        answer.Status.Should().Be(200);
        answer.ContentHeaders.ContentType!.MediaType.Should().Be("multipart/mixed");
        answer.Text.Should().Contain("Content-ID: 1\r\n\r\nHTTP/1.1 201 Created\r\n").And.Contain(
            "HTTP/1.1 200 OK\r\n").And.Contain("\"code\":\"XTS\"");
        bc.Emulator.Requests.RowWriteCount.Should().Be(1);
    }

    [Fact]
    public async Task First_failure_ends_the_batch()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await SendAsync(
            bc, Part("1", "POST", "currencies", "{}"), Part("2", "POST", "currencies", """{"code":"B"}"""));

        answer.Text.Should().Contain("HTTP/1.1 400 Bad Request").And.NotContain("HTTP/1.1 201");
        bc.Emulator.Table("currencies").Count.Should().Be(0);
    }

    [Theory]
    [InlineData(1, 200)]
    [InlineData(2, 501)]
    public async Task Change_set_may_hold_one_operation(int operations, int status)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var inner = string.Concat(
            Enumerable.Range(0, operations)
                .Select(i => $"--cs\r\n{Part($"{i}", "POST", "currencies", $$"""{"code":"A{{i}}"}""")}\r\n"));

        var answer = await SendAsync(bc, $"Content-Type: multipart/mixed; boundary=cs\r\n\r\n{inner}--cs--\r\n");

        answer.Status.Should().Be(status, answer.Text);
        bc.Emulator.Table("currencies").Count.Should().Be(status == 200 ? 1 : 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Accept: application/json\r\n")]
    public async Task A_part_may_end_with_the_blank_line_as_clients_of_Microsoft_write_it(string headers)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await SendAsync(
            bc,
            "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + $"GET {BusinessCentralFixture.CompanyPath}/currencies HTTP/1.1\r\n{headers}");

        answer.Status.Should().Be(200, answer.Text);
        answer.Text.Should().Contain("HTTP/1.1 200 OK");
    }

    [Fact]
    public async Task Body_that_is_no_multipart_is_400()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await SendRawAsync(bc, "nonsense")).ShouldBeRefused(400, "BadRequest");
    }

    private static string Part(string id, string method, string path, string body) =>
        $"Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: {id}\r\n\r\n"
        + $"{method} {BusinessCentralFixture.CompanyPath}/{path} HTTP/1.1\r\nContent-Type: application/json\r\nIf-Match: *\r\n\r\n{body}";

    private static Task<Answer> SendAsync(BusinessCentralFixture bc, params string[] parts) =>
        SendRawAsync(bc, string.Concat(parts.Select(part => $"--b\r\n{part}\r\n")) + "--b--\r\n");

    private static async Task<Answer> SendRawAsync(BusinessCentralFixture bc, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/mixed; boundary=b");
        using var response = await bc.Client.PostAsync(new Uri("$batch", UriKind.Relative), content);
        return await Answer.ReadAsync(response);
    }
}
