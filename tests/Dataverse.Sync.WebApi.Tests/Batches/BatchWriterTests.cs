using System.Text;

namespace Dataverse.Sync.WebApi.Tests;

public sealed class BatchWriterTests
{
    [Fact]
    public void Write_gives_the_strict_form_that_the_service_reads()
    {
        var (body, contentType) = BatchWriter.Write(
        [
            Part(HttpMethod.Get, "accounts?$select=name"),
            Part(HttpMethod.Patch, "accounts(1)", """{"name":"A"}""", KeyValuePair.Create("If-Match", "*")),
        ]);

        var boundary = BatchReader.BoundaryOf(contentType);
        contentType.Should().Be($"multipart/mixed; boundary=\"{boundary}\"");
        Text(body).Should().Be($$"""
            --{{boundary}}
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            GET /api/data/v9.2/accounts?$select=name HTTP/1.1


            --{{boundary}}
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            PATCH /api/data/v9.2/accounts(1) HTTP/1.1
            If-Match: *
            Content-Type: application/json

            {"name":"A"}
            --{{boundary}}--

            """);
    }

    [Fact]
    public void Write_puts_a_change_set_into_one_part_and_numbers_its_requests()
    {
        var step = Part(HttpMethod.Patch, "accounts(1)", "{}");

        var (body, contentType) = BatchWriter.Write([Part(HttpMethod.Get, "accounts"), step with { ChangeSet = [step, step] }]);

        var boundary = BatchReader.BoundaryOf(contentType);
        var changeSet = $"changeset_1_{boundary}";
        Text(body)[(Text(body).IndexOf(boundary!, 10, StringComparison.Ordinal) - 2)..].Should().Be($$"""
            --{{boundary}}
            Content-Type: multipart/mixed; boundary="{{changeSet}}"

            --{{changeSet}}
            Content-Type: application/http
            Content-Transfer-Encoding: binary
            Content-ID: 1000

            PATCH /api/data/v9.2/accounts(1) HTTP/1.1
            Content-Type: application/json

            {}
            --{{changeSet}}
            Content-Type: application/http
            Content-Transfer-Encoding: binary
            Content-ID: 1001

            PATCH /api/data/v9.2/accounts(1) HTTP/1.1
            Content-Type: application/json

            {}
            --{{changeSet}}--

            --{{boundary}}--

            """);
    }

    private static BatchRequest Part(HttpMethod method, string path, string body = "", params KeyValuePair<string, string>[] headers) => new()
    {
        Method = method,
        Address = new Uri("https://contoso.crm4.dynamics.com/api/data/v9.2/" + path),
        Body = Encoding.UTF8.GetBytes(body),
        Headers = headers,
    };

    /// <summary>The body with its line ends made those of the test's text; a bare LF would stay visible.</summary>
    private static string Text(ReadOnlyMemory<byte> body) =>
        Encoding.UTF8.GetString(body.Span).Replace("\n", "<LF>", StringComparison.Ordinal).Replace("\r<LF>", "\n", StringComparison.Ordinal);
}
