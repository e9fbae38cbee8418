using System.Globalization;
using System.Text;
using CsCheck;

namespace Dataverse.Sync.WebApi.Tests;

public sealed class BatchReaderTests
{
    private static readonly string[] Pieces =
        ["--b", "--b--", "\r\n", "\n", "\r", "--", "HTTP/1.1 200", "A: b", "Content-Type: multipart/mixed; boundary=b", ":", "b"];

    private const string Answer = """
        --b
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        HTTP/1.1 204 No Content
        OData-Version: 4.0
        ETag: W/"5"


        --b
        Content-Type: multipart/mixed; boundary="c-1"

        --c-1
        Content-Type: application/http
        Content-ID: 1

        HTTP/1.1 204 No Content


        --c-1
        Content-Type: application/http

        HTTP/1.1 412 Precondition Failed
        Content-Type: application/json

        {"error":{"code":"0x80060882","message":"--b is in the text"}}
        --c-1--
        --b
        Content-Type: application/http

        HTTP/1.1 200 OK

        {"value":[]}
        --b--

        """;

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Read_gives_one_answer_per_request_and_the_failure_of_a_change_set(string lineEnd)
    {
        var answers = BatchReader.Read(Bytes(Answer.ReplaceLineEndings(lineEnd)), "b");

        answers.Select(answer => answer.Status).Should().Equal(204, 412, 200);
        answers[0].Header("etag").Should().Be("W/\"5\"");
        answers[0].Body.IsEmpty.Should().BeTrue();
        answers[1].ReadError().Code.Should().Be("0x80060882");
        Encoding.UTF8.GetString(answers[2].Body.Span).Should().Be("{\"value\":[]}");
    }

    [Fact]
    public void Read_of_a_body_that_breaks_off_anywhere_fails()
    {
        var whole = Answer.ReplaceLineEndings("\r\n").TrimEnd();

        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole[..length];
            FluentActions.Invoking(() => BatchReader.Read(Bytes(cut), "b")).Should().Throw<FormatException>("it has {0} of {1} characters", length, whole.Length);
        }
    }

    [Theory]
    [InlineData("application/json", null)]
    [InlineData(null, null)]
    [InlineData("multipart/mixed", null)]
    [InlineData("multipart/mixed; boundary=", null)]
    [InlineData("multipart/mixed; boundary=batchresponse_1", "batchresponse_1")]
    [InlineData("Multipart/Mixed; charset=utf-8; BOUNDARY=\"a b\"", "a b")]
    public void BoundaryOf_finds_the_boundary_of_multipart_only(string? contentType, string? boundary) =>
        BatchReader.BoundaryOf(contentType).Should().Be(boundary);

    [Fact]
    public void Read_undoes_any_answer() =>
        Gen.Select(Gen.Int[100, 599], Gen.String[Gen.Char["ab-\r\n \"{}é"], 0, 40]).Array[0, 12].Sample(parts =>
        {
            var text = new StringBuilder();
            foreach (var (status, body) in parts)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"--x1\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 {status} X\r\nA: b\r\n\r\n{body}\r\n");
            }

            var answers = BatchReader.Read(Bytes(text.Append("--x1--").ToString()), "x1");

            answers.Select(answer => (answer.Status, Encoding.UTF8.GetString(answer.Body.Span))).Should().Equal(parts);
        });

    [Fact]
    public void Read_of_any_bytes_ends_or_fails_as_malformed() =>
        Gen.OneOf(
            Gen.Byte.Array[0, 300],
            Gen.Int[0, Pieces.Length - 1].Array[0, 30].Select(indexes => Bytes(string.Concat(indexes.Select(index => Pieces[index]))))).Sample(bytes =>
        {
            try
            {
                _ = BatchReader.Read(bytes, "b");
            }
            catch (FormatException)
            {
                // The only failure that a caller expects.
            }
        });

    [Fact]
    public void Read_takes_a_bounded_number_of_parts_and_headers()
    {
        var many = string.Concat(Enumerable.Repeat("--b\n\nHTTP/1.1 200\n\n", 3_000)) + "--b--";
        var wide = "--b\n" + string.Concat(Enumerable.Repeat("a: b\n", 100)) + "\nHTTP/1.1 200\n\n\n--b--";

        FluentActions.Invoking(() => BatchReader.Read(Bytes(many), "b")).Should().Throw<FormatException>();
        FluentActions.Invoking(() => BatchReader.Read(Bytes(wide), "b")).Should().Throw<FormatException>();
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
