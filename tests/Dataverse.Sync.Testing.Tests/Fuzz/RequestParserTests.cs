using System.Globalization;
using System.Text;
using CsCheck;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing.Tests;

/// <summary>
/// Whatever a client sends, each parser of the emulators reads it or refuses it in the service's own way.
/// </summary>
public sealed class RequestParserTests
{
    private static readonly string[] MultipartPieces =

        [
            "--b",
            "--b--",
            "--bb",
            "\r\n",
            "\n",
            "\r\n\r\n",
            "Content-Type: application/http",
            "Content-Type: multipart/mixed; boundary=c",
            "Content-ID: 1",
            ":",
            "GET /x HTTP/1.1",
            "POST x",
            "--c",
            "--c--",
            " ",
            "é",
            "{}",
        ];

    private static readonly string[] FilterPieces =

        [
            "name",
            "age",
            "weight",
            "born",
            "seenOn",
            "tame",
            " eq ",
            " ne ",
            " gt ",
            " and ",
            " or ",
            "not ",
            "(",
            ")",
            "'",
            "''",
            "'a'",
            "1",
            "-1.5",
            "1e400",
            "null",
            "true",
            "2026-02-30",
            "2026-02-28",
            "contains(",
            "startswith(",
            ",",
            "mother/",
            "children/any(",
            "c:c/",
            "$it",
            "@p",
            " in ",
            "[",
            "]",
            "%",
            "\0",
            "\ud800",
            "99999999999999999999",
            "duration'",
            "Zoo.OlderThan(Years=1)",
        ];

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String, Gen.String[Gen.Char["W/\"0123456789abc=,;!%+-:* ()'{}[]\r\né\0"], 0, 40]);

    [Fact]
    public void Preferences_are_read_whatever_they_are() =>
    AnyText.Sample(text => Preferences.Parse(text) is { MaxPageSize: null or > 0 });

    [Fact]
    public void Preferences_that_are_written_are_read() =>
        Gen.Select(Gen.Int[1, 5_000].Nullable(), Gen.Bool, Gen.Bool, Gen.Bool)
            .Sample((size, tracks, continues, represents) =>
        {
            var wanted = new[]
            {
                size is null ? null : $"odata.maxpagesize={size}",
                tracks ? "odata.track-changes" : null,
                continues ? "odata.continue-on-error" : null,
                represents ? "return=representation" : null,
            };
            var read = Preferences.Parse(string.Join(',', wanted.OfType<string>()));
            return (read.MaxPageSize, read.TrackChanges, read.ContinueOnError, read.ReturnRepresentation) == (size, tracks, continues, represents);
        });

    [Fact]
    public void Delta_tokens_come_back_as_they_were() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, 250_000_000_000]).Sample((version, seconds) =>
        {
            var token = new DeltaToken(version, DateTimeOffset.MinValue.AddSeconds(seconds));
            return DeltaToken.Decode(Uri.UnescapeDataString(token.Encode())) == token;
        });

    [Fact]
    public void Delta_tokens_that_are_none_are_refused() =>
        Gen.OneOf(AnyText, AnyText.Select(text => $"5!{text}"), AnyText.Select(text => $"{text}!08/22/2017 08:10:44"))
            .Sample(text => IsReadOrRefused<DataverseErrorException>(() => DeltaToken.Decode(text)));

    [Fact]
    public void Paging_cookies_come_back_as_they_were() =>
        Gen.Select(Gen.Int[1, int.MaxValue], Gen.String[Gen.Char["abc0123!-<>&%é"], 0, 30], Gen.Bool)
            .Sample((page, position, tracks) =>
        {
            var cookie = new PagingCookie(page, position, tracks);
            return PagingCookie.Decode(Uri.UnescapeDataString(cookie.Encode())) == cookie;
        });

    [Fact]
    public void Paging_cookies_that_are_none_are_refused() =>
        Gen.Select(Gen.Int[0, 400], AnyText).Sample((place, text) =>
        {
            var cookie = Uri.UnescapeDataString(new PagingCookie(2, "5!6!c1", IsTracking: true).Encode());
            var at = place % cookie.Length;
            return IsReadOrRefused<DataverseErrorException>(() => PagingCookie.Decode(text))
                && IsReadOrRefused<DataverseErrorException>(
                    () => PagingCookie.Decode(cookie[..at] + text + cookie[at..]));
        });

    [Fact]
    public void Multipart_bodies_are_read_or_refused() =>
        Gen.Int[0, MultipartPieces.Length - 1].Array[0, 30].Select(
            indexes => string.Concat(indexes.Select(index => MultipartPieces[index]))).Sample(text =>
            IsReadOrRefused<MalformedBatchException>(
                () => MultipartReader.Read(text, "b", isOutermost: true).Select(BatchRequest.Read).ToList()));

    [Fact]
    public void Multipart_boundaries_are_found_or_not() =>
    AnyText.Sample(text => MultipartReader.Boundary($"multipart/mixed{text}") is null or { Length: > 0 });

    [Fact]
    public void Batches_in_json_are_read_or_refused()
    {
        const string Whole =
            """{"requests":[{"id":"1","method":"PATCH","url":"companies(1)/customers","headers":{"If-Match":"*","If-match":"x"},"body":{"a":[1,null,true,"é"]}}]}""";
        string[] values = ["null", "1", "true", "[]", "{}", "\"x\"", "\"\\ud800\"", "[null]", "[1]", ""];
        var pieces = new[]
        {
            "\"1\"",
            "\"PATCH\"",
            "\"companies(1)/customers\"",
            "{\"If-Match\":\"*\",\"If-match\":\"x\"}",
            "\"*\"",
            "{\"a\":[1,null,true,\"é\"]}",
            "\"requests\"",
            "\"id\"",
            "\"method\"",
            "\"url\"",
            "\"headers\"",
        };
        Gen.Select(Gen.Int[0, pieces.Length - 1], Gen.Int[0, values.Length - 1], Gen.Int[0, Whole.Length], Gen.Bool)
            .Sample((piece, value, length, cuts) =>
        {
            var body = Whole.Replace(pieces[piece], values[value], StringComparison.Ordinal);
            var bytes = Encoding.UTF8.GetBytes(cuts ? body[..Math.Min(length, body.Length)] : body);
            return IsReadOrRefused<BusinessCentralException>(() => BatchBody.Read(Request(bytes)));
        });
    }

    [Fact]
    public void Entity_tags_are_well_formed_when_they_are_made_and_judged_whatever_they_are() =>
        AnyText.Sample(
            text => EntityTags.IsWellFormed(EntityTags.Of(text)) && (EntityTags.IsWellFormed(text) || text.Length >= 0)
                && WriteCondition.VersionOf(text) >= -1);

    [Fact]
    public void Versions_are_read_in_each_form_of_a_tag() =>
        Gen.Select(Gen.Long[0, long.MaxValue], OneOf("W/\"{0}\"", "\"{0}\"", "{0}")).Sample((version, form) =>
            WriteCondition.VersionOf(string.Format(CultureInfo.InvariantCulture, form, version)) == version);

    [Fact]
    public void Query_options_are_read_or_refused() =>
        Gen.String[Gen.Char["$ab&=%2+?#'é\0"], 0, 40].Sample(
            text => IsReadOrRefused<ODataQueryException>(() => QueryOptions.Parse(text)));

    [Fact]
    public void Filters_are_evaluated_or_refused() =>
        Gen.Int[0, FilterPieces.Length - 1].Array[1, 14].Select(
            indexes => string.Concat(indexes.Select(index => FilterPieces[index]))).Sample(
            filter => IsReadOrRefused<ODataQueryException>(
                () => Pets.Find([new Pet { Name = "a", Age = 1 }, new Pet()], filter)),
            iter: 10 * Check.Iter);

    private static EmulatorRequest Request(byte[] body) => new()
    {
        Method = "POST",
        Origin = "http://127.0.0.1",
        PathAndQuery = "/v2.0/production/api/v2.0/$batch",
        Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
        Body = body,
    };

    private static bool IsReadOrRefused<TRefusal>(Action read)
        where TRefusal : Exception
    {
        try
        {
            read();
        }
        catch (TRefusal)
        {
            // The service's own way to say no.
        }

        return true;
    }

    private static bool IsReadOrRefused<TRefusal>(Func<object?> read)
        where TRefusal : Exception => IsReadOrRefused<TRefusal>(() => { _ = read(); });

    private static Gen<string> OneOf(params string[] texts) =>
        Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
