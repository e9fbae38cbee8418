using System.Text;
using CsCheck;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing.Tests.Batches;

/// <summary>Whatever Microsoft's reader of multipart batches takes, the emulators take.</summary>
public sealed class MultipartReaderTests
{
    private const string Http = "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n";

    // The pieces that parts consist of, well-formed and not. Bare line feeds are not among them, and the closing
    // boundary is never missing: the documentation of Dataverse refuses both, although the reader takes them.
    private static readonly string[] Preambles = ["", "", "", "\r\n", "This is a batch.\r\n", "--c\r\n\r\n", "--b2\r\n"];
    private static readonly string[] Padding = ["", "", "", "", " ", "\t ", "2", "--"];
    private static readonly string[] Blanks = ["", "", " ", "\t "];
    private static readonly string[] Gaps = ["\r\n", "\r\n", "\r\n", "", "\r\n\r\n", "\r\n\r\n\r\n"];
    private static readonly string[] RequestLines =
    [
        "GET accounts HTTP/1.1", "POST contacts HTTP/1.1", "DELETE /api/data/v9.2/accounts(1) HTTP/1.1", "PATCH http://a.b/c?d=e HTTP/1.1",
        "GET accounts?$filter=name eq 'A' HTTP/1.1", "GET accounts HTTP/1.0", "get accounts HTTP/1.1", "GET accounts", "",
    ];

    private static readonly string[] Headers =
        ["", "", "Accept: application/json\r\n", "Content-Type: application/json\r\nIf-Match: *\r\n", "X:\r\n", "nonsense\r\n", "A : b\r\n"];

    private static readonly string[] Ends = ["\r\n", "\r\n", "\r\n", "", "\r\n\r\n", "\r\n\r\n\r\n"];
    private static readonly string[] Bodies = ["", "", "{}", "{}\r\n", "{\r\n\"a\":1\r\n}", "--b2", "--", "{\"a\":\"b\"}\r\n--c\r\n"];

    private static readonly Gen<string> Part = Gen.Select(
        OneOf(Padding), OneOf(Gaps), OneOf(RequestLines), OneOf(Headers), OneOf(Ends), OneOf(Bodies)).Select(
        (padding, gap, line, headers, end, body) => $"--b{padding}\r\n{Http}{gap}{line}\r\n{headers}{end}{body}");

    private static readonly Gen<string> Batches = Gen.Select(OneOf(Preambles), Part.Array[0, 3], OneOf(Blanks), OneOf(Preambles))
        .Select((preamble, parts, padding, epilogue) =>
            preamble + string.Concat(parts.Select(part => part + "\r\n")) + $"--b--{padding}\r\n{epilogue}");

    [Fact]
    public void Whatever_the_reader_of_Microsoft_takes_is_taken_and_means_the_same()
    {
        var (taken, refused) = (0, 0);
        Batches.Sample(
            text =>
            {
                // A text without any boundary is a batch without requests for the reader. The services refuse it.
                if (MicrosoftBatchReader.Read(text, "b") is not { Count: > 0 } expected)
                {
                    Interlocked.Increment(ref refused);
                    return;
                }

                Interlocked.Increment(ref taken);
                Requests(text).Should().Equal(expected, text);
            },
            iter: 20_000,
            print: text => text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));

        taken.Should().BeGreaterThan(1_000);
        refused.Should().BeGreaterThan(1_000);
    }

    [Theory]
    [InlineData("GET accounts HTTP/1.1\r\n")]
    [InlineData("GET accounts HTTP/1.1\r\n\r\n")]
    [InlineData("\r\n\r\nGET accounts HTTP/1.1\r\n\r\n")]
    [InlineData("GET accounts HTTP/1.1\r\nAccept: application/json\r\n")]
    public void Parts_without_a_body_end_with_the_blank_line_or_with_further_ones(string request)
    {
        var text = $"--b\r\n{Http}\r\n{request}\r\n--b--\r\n";

        Requests(text).Should().Equal((("GET", new Uri(MicrosoftBatchReader.Root, "accounts").AbsoluteUri, "")));
    }

    [Theory]
    [InlineData("GET accounts HTTP/1.1")]
    [InlineData("GET accounts HTTP/1.1\r\nAccept: application/json")]
    public void Parts_without_a_blank_line_are_refused(string request)
    {
        var read = () => Requests($"--b\r\n{Http}\r\n{request}\r\n--b--\r\n");

        read.Should().Throw<MalformedBatchException>();
    }

    private static List<(string Method, string Url, string Body)> Requests(string text) =>
        [.. MultipartReader.Read(text, "b", isOutermost: true).Select(BatchRequest.Read).Select(request =>
            (request.Method, new Uri(MicrosoftBatchReader.Root, request.Url).AbsoluteUri, Encoding.Latin1.GetString(request.Body.Span)))];

    private static Gen<string> OneOf(string[] pieces) => Gen.Int[0, pieces.Length - 1].Select(index => pieces[index]);
}
