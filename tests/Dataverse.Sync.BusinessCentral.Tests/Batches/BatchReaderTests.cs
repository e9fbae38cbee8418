using System.Text;
using System.Text.Json;
using CsCheck;

namespace Dataverse.Sync.BusinessCentral.Tests.Batches;

public sealed class BatchReaderTests
{
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", ":", "\"responses\"", "\"id\"", "\"status\"", "\"body\"", "\"headers\"", "\"0\"", "\"1\"", "\"-1\"", "200", "-1", "1e9", "null", "true", " ", "\"\\ud800\"", "{\"responses\":[", "{\"id\":\"0\",\"status\":204}", "]}"];

    [Fact]
    public void Read_undoes_any_answer_in_any_order() =>
        Gen.Select(Gen.Int[100, 999], Gen.String.Select(text => JsonSerializer.Serialize(text)).Null()).Array[0, 20].SelectMany(parts => Gen.Shuffle(Enumerable.Range(0, parts.Length).ToArray()).Select(order => (parts, order)))
            .Sample((parts, order) =>
            {
                var responses = order.Select(place => $$"""{"id":"{{place}}","status":{{parts[place].Item1}},"headers":{"a":"b"}{{(parts[place].Item2 is { } body ? $",\"body\":{body}" : "")}}}""");

                var read = BatchReader.Read(Encoding.UTF8.GetBytes($$"""{"@odata.context":"x","responses":[{{string.Join(',', responses)}}]}"""), parts.Length);

                read.Select(part => (part!.Status, part.Body.IsEmpty ? null : Encoding.UTF8.GetString(part.Body.Span))).Should().Equal(parts);
            });

    [Fact]
    public void Read_of_any_bytes_gives_the_parts_asked_for_or_fails_as_malformed() =>
        Gen.OneOf(
            Gen.Byte.Array[0, 200],
            Gen.Int[0, Pieces.Length - 1].Array[0, 25].Select(indexes => Encoding.UTF8.GetBytes(string.Concat(indexes.Select(index => Pieces[index])))))
            .Sample(body =>
            {
                try
                {
                    return BatchReader.Read(body, 2).Length == 2;
                }
                catch (JsonException)
                {
                    return true;
                }
            });

    [Theory]
    [InlineData("""{"responses":[{"id":"0","status":204},{"id":"0","status":204}]}""")]
    [InlineData("""{"responses":[{"id":"2","status":204}]}""")]
    [InlineData("""{"responses":[{"id":0,"status":204}]}""")]
    [InlineData("""{"responses":[{"id":"-0","status":204}]}""")]
    [InlineData("""{"responses":[{"status":204}]}""")]
    [InlineData("""{"responses":[{"id":"0"}]}""")]
    [InlineData("""{"responses":[{"id":"0","status":"204"}]}""")]
    [InlineData("""{"responses":[{"id":"0","status":204,"body":{},"body":{}}]}""")]
    [InlineData("""{"responses":[],"responses":[]}""")]
    [InlineData("""{"responses":[]}{}""")]
    [InlineData("""{"responses":{}}""")]
    [InlineData("""{}""")]
    public void Read_refuses_what_answers_not_what_was_asked(string body)
    {
        var read = () => BatchReader.Read(Encoding.UTF8.GetBytes(body), 2);

        read.Should().Throw<JsonException>();
    }
}
