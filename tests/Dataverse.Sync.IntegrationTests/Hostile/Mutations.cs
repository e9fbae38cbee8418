using System.Text;
using System.Text.Json;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>The ways in which answers are changed.</summary>
internal static class Mutations
{
    private static readonly string[] Wrong =
    [
        "[]", "{}", "-0", "1e400", "99999999999999999999999999999999999", "true", "\"\\ud800\"", "\"\xff\xfe\"", "\"\\u0000", "nul", "{\"a\":[[[{}]]]}",
        new string('[', 100) + new string(']', 100), new string('[', 10_000), "\"" + new string('x', 100) + "\"", "0x10", "01", "'a'", "NaN", "undefined", "",
    ];

    private static readonly string[] Links =
    [
        "https://elsewhere.example/", "http://elsewhere.example:80/api/data/v9.2/accounts", "//elsewhere.example/x", "\\\\\\\\elsewhere.example\\\\x", "https://",
        "https://user:word@127.0.0.1/", "http://127.0.0.1:1/x", "http://127.0.0.1@elsewhere.example/", "javascript:alert(1)", "file:///etc/passwd", "data:,x",
        "ftp://127.0.0.1/", "http://[", "http://127.0.0.1.elsewhere.example/", "http:///x", "\\ud800", "http://127.0.0.1:99999/",
    ];

    private static readonly string[] Pages = ["", "<!DOCTYPE html><html><body>Sign in</body></html>", "null", "[]", "{}", "0", "\"value\"", "{\"value\":[]", "{\"error\":{\"code\":\"0x0\",\"message\":\"late\"}}"];

    /// <summary>Changes after which the answer is broken, or still says the same.</summary>
    public static IReadOnlyList<MutationKind> Noticeable { get; } =
    [
        new("cut", (answer, place, _) => answer.Body.Length == 0 ? answer : answer with { Body = answer.Body[..(int)(place % answer.Body.Length)] }),
        new("break off", (answer, place, manner) => answer with { Body = answer.Body[..(int)(place % (answer.Body.Length + 1))], BreaksOffWith = Failure(manner) }),
        new("swap type", SwapType),
        new("repeat property", RepeatProperty),
        new("repeat element", RepeatElement),
        new("drop field", DropField),
        new("lead astray", LeadAstray),
        new("replace page", (answer, place, manner) => answer with { Body = Encoding.UTF8.GetBytes(Pages[place % Pages.Length]), ContentType = manner % 2 == 0 ? answer.ContentType : "text/html" }),
        new("prepend", (answer, _, manner) => answer with { Body = [.. (manner % 3) switch { 0 => (byte[])[0xEF, 0xBB, 0xBF], 1 => [0xFF, 0xFE], _ => "<!--"u8.ToArray() }, .. answer.Body] }),
        new("append", (answer, _, manner) => IsMultipart(answer) ? answer : answer.WithText(answer.Text + (manner % 3) switch { 0 => "{}", 1 => "\xff", _ => "]" })),
        new("utf-16", (answer, _, _) => answer with { Body = Encoding.Unicode.GetBytes(answer.Text) }),
        new("content type", (answer, place, _) => answer with { ContentType = (place % 5) switch { 0 => null, 1 => "text/html", 2 => "multipart/mixed", 3 => "multipart/mixed; boundary=", _ => "multipart/mixed; boundary=\"wrong\"" } }),
        new("boundary", Boundary),
        new("drop part", (answer, place, _) => ChangeParts(answer, parts => parts.RemoveAt((int)(place % parts.Count)))),
        new("repeat part", (answer, place, _) => ChangeParts(answer, parts => parts.Insert(0, parts[(int)(place % parts.Count)]))),
        new("status line", StatusLine),
        new("no content", (answer, _, _) => answer with { Status = 204, Body = [] }),
        new("redirect", (answer, place, _) => (answer with { Status = (int)(300 + (place % 9)) }).WithHeader("Location", "https://elsewhere.example/")),
        new("failure", (answer, place, manner) => (answer with { Status = (place % 6) switch { 0 => 500, 1 => 502, 2 => 504, 3 => 599, 4 => 700, _ => 408 }, Body = manner % 2 == 0 ? [] : answer.Body }).WithHeader("Retry-After", "99999999999999999999")),
        new("headers", Headers),
    ];

    /// <summary>Changes after which the answer may be a sound one that says something else.</summary>
    public static IReadOnlyList<MutationKind> Deceiving { get; } =
    [
        new("flip byte", (answer, place, manner) => Bytes(answer, place, body => body[(int)(place % body.Count)] ^= (byte)(1 + (manner % 255)))),
        new("insert bytes", (answer, place, manner) => Bytes(answer, place, body => body.InsertRange((int)(place % body.Count), BitConverter.GetBytes(manner)))),
        new("delete bytes", (answer, place, manner) => Bytes(answer, place, body => body.RemoveRange((int)(place % body.Count), Math.Min((int)(manner % 50) + 1, body.Count - (int)(place % body.Count))))),
        new("drop property", (answer, place, _) => Cut(answer, Pick(answer, place, item => item.Name is not null))),
        new("drop element", (answer, place, _) => Cut(answer, Pick(answer, place, item => item.Name is null))),
        new("null", (answer, place, _) => Replace(answer, Pick(answer, place, _ => true), "null")),
        new("rename", (answer, place, _) => Rename(answer, Pick(answer, place, item => item.Name is not null))),
        new("swap values", (answer, place, manner) => SwapValues(answer, Pick(answer, place, item => item.Kind == JsonValueKind.String), manner)),
        new("status", (answer, place, _) => answer with { Status = (int)(200 + (place % 400)) }),
        new("part status", (answer, place, manner) => Regexed(answer, "HTTP/1.1 [0-9]+", place, $"HTTP/1.1 {200 + (manner % 400)}")),
    ];

    private static bool IsMultipart(WireAnswer answer) => answer.ContentType?.StartsWith("multipart", StringComparison.Ordinal) == true;

    private static Exception Failure(uint manner) => (manner % 3) switch
    {
        0 => new HttpIOException(HttpRequestError.ResponseEnded),
        1 => new IOException("The connection broke."),
        _ => new InvalidDataException("Bad block."),
    };

    private static JsonTokens.Item? Pick(WireAnswer answer, uint place, Func<JsonTokens.Item, bool> isWanted)
    {
        var items = JsonTokens.Of(answer.Body).Items.Where(isWanted).ToList();
        return items.Count == 0 ? null : items[(int)(place % items.Count)];
    }

    private static WireAnswer Replace(WireAnswer answer, JsonTokens.Item? item, string value) =>
        item is null ? answer : answer.WithText(answer.Text[..item.ValueStart] + value + answer.Text[item.End..]);

    private static WireAnswer SwapType(WireAnswer answer, uint place, uint manner)
    {
        var value = Wrong[manner % Wrong.Length];
        var item = Pick(answer, place, item => item.Kind != JsonValueKind.Null && item.Kind != KindOf(value));
        return Replace(answer, item, value);
    }

    private static JsonValueKind KindOf(string value) => value switch
    {
        ['[', ..] => JsonValueKind.Array,
        ['{', ..] => JsonValueKind.Object,
        ['"', 'x', ..] => JsonValueKind.String,
        "true" => JsonValueKind.True,
        "-0" or "1e400" or ['9', ..] => JsonValueKind.Number,
        _ => JsonValueKind.Undefined,
    };

    private static WireAnswer RepeatProperty(WireAnswer answer, uint place, uint manner)
    {
        var item = Pick(answer, place, item => item.Name is not null);
        return item is null ? answer : Insert(answer, item.Start, JsonTokens.TextOf(answer.Body, item.Start, manner % 2 == 0 ? item.End : item.ValueStart) + (manner % 2 == 0 ? "," : "null,"));
    }

    private static WireAnswer RepeatElement(WireAnswer answer, uint place, uint manner)
    {
        var item = Pick(answer, place, item => item.Name is null);
        return item is null ? answer : Insert(answer, item.Start, JsonTokens.TextOf(answer.Body, item.Start, item.End) + ",");
    }

    private static WireAnswer Insert(WireAnswer answer, int at, string text) => answer.WithText(answer.Text[..at] + text + answer.Text[at..]);

    // Annotations and links may be missing from a sound answer.
    private static WireAnswer DropField(WireAnswer answer, uint place, uint manner) =>
        Cut(answer, Pick(answer, place, item => item.Name is { } name && !name.Contains('@', StringComparison.Ordinal) && name is not ("headers" or "body")));

    private static WireAnswer Cut(WireAnswer answer, JsonTokens.Item? item)
    {
        if (item is null)
        {
            return answer;
        }

        var (text, start, end) = (answer.Text, item.Start, item.End);
        var follows = text.AsSpan(end).TrimStart() is [',', ..];
        end = follows ? text.IndexOf(',', end) + 1 : end;
        start = !follows && text.AsSpan(0, start).TrimEnd() is [.., ','] ? text.LastIndexOf(',', start - 1) : start;
        return answer.WithText(text[..start] + text[end..]);
    }

    private static WireAnswer Rename(WireAnswer answer, JsonTokens.Item? item) =>
        item is null ? answer : answer.WithText(answer.Text[..item.Start] + "\"renamed\":" + answer.Text[item.ValueStart..]);

    private static WireAnswer SwapValues(WireAnswer answer, JsonTokens.Item? item, uint manner)
    {
        var other = Pick(answer, manner, other => other.Kind == JsonValueKind.String);
        return other is null ? answer : Replace(answer, item, JsonTokens.TextOf(answer.Body, other.ValueStart, other.End));
    }

    private static WireAnswer LeadAstray(WireAnswer answer, uint place, uint manner)
    {
        var link = $"\"{Links[manner % Links.Length]}\"";
        var item = Pick(answer, place, item => item.Name is "@odata.nextLink" or "@odata.deltaLink");
        return item is not null ? Replace(answer, item, link)
            : answer.Text.StartsWith("{\"", StringComparison.Ordinal) && answer.Text.Contains("\"value\"", StringComparison.Ordinal) ? answer.WithText("{\"@odata.nextLink\":" + link + "," + answer.Text[1..])
            : answer;
    }

    private static string? BoundaryOf(WireAnswer answer) => IsMultipart(answer) ? answer.ContentType!.Split("boundary=")[^1].Trim('"') : null;

    private static WireAnswer Boundary(WireAnswer answer, uint place, uint manner)
    {
        if (BoundaryOf(answer) is not { } boundary)
        {
            return answer;
        }

        var places = answer.Text.Split("--" + boundary);
        if (places.Length < 2)
        {
            return answer;
        }

        var at = (int)(place % (places.Length - 1));
        var wrong = (manner % 4) switch { 0 => "--" + boundary + "x", 1 => "-" + boundary, 2 => string.Empty, _ => "--" + boundary + "--" };
        return answer.WithText(string.Join("--" + boundary, places[..(at + 1)]) + wrong + string.Join("--" + boundary, places[(at + 1)..]));
    }

    private static WireAnswer ChangeParts(WireAnswer answer, Action<List<string>> change)
    {
        if (BoundaryOf(answer) is not { } boundary)
        {
            return answer;
        }

        var delimiter = "--" + boundary;
        var pieces = answer.Text.Split(delimiter);
        if (pieces.Length < 3)
        {
            return answer;
        }

        var parts = pieces[1..^1].ToList();

        change(parts);
        return answer.WithText(string.Join(delimiter, [pieces[0], .. parts, pieces[^1]]));
    }

    private static WireAnswer StatusLine(WireAnswer answer, uint place, uint manner) => Regexed(answer, "HTTP/1.1 [0-9]+", place, (manner % 5) switch
    {
        0 => "HTTP/1.1 99999999999",
        1 => "HTTP/1.1 -204",
        2 => "HTTP/1.1",
        3 => "FTP/1.1 200",
        _ => "HTTP/1.1 302",
    });

    private static WireAnswer Regexed(WireAnswer answer, string pattern, uint place, string replacement)
    {
        var matches = System.Text.RegularExpressions.Regex.Matches(answer.Text, pattern);
        return matches.Count == 0 ? answer
            : matches[(int)(place % matches.Count)] is var match ? answer.WithText(answer.Text[..match.Index] + replacement + answer.Text[(match.Index + match.Length)..]) : answer;
    }

    private static WireAnswer Headers(WireAnswer answer, uint place, uint manner)
    {
        var value = (manner % 6) switch { 0 => "Mon, 01 Jan 0001 00:00:00 GMT", 1 => "Fri, 31 Dec 9999 23:59:59 GMT", 2 => "-1", 3 => "\u00e4", 4 => new string('9', 2_000), _ => "" };
        return answer.WithHeader((place % 4) switch { 0 => "Date", 1 => "Retry-After", 2 => "x-ms-dop-hint", _ => "ETag" }, value);
    }

    private static WireAnswer Bytes(WireAnswer answer, uint place, Action<List<byte>> change)
    {
        if (answer.Body.Length == 0)
        {
            return answer;
        }

        var body = answer.Body.ToList();
        change(body);
        return answer with { Body = [.. body] };
    }
}
