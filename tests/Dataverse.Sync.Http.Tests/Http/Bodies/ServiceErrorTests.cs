using System.Text;
using System.Text.Json;
using CsCheck;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.Http.Tests;

public sealed class ServiceErrorTests
{
    [Theory]
    [InlineData("""{"error":{"code":"BadRequest_NotFound","message":"Gone."}}""", "BadRequest_NotFound", "Gone.")]
    [InlineData("""{"error":{"code":"0x80040265","message":"No."}}""", "0x80040265", "No.")]
    [InlineData("""{"Message":"An error has occurred."}""", null, "An error has occurred.")]
    [InlineData("""{"error":"invalid_grant","error_description":"Expired."}""", "invalid_grant", "Expired.")]
    [InlineData("""{"error":{"code":"Customer 'Ann' is wrong","message":"x"}}""", null, "x")]
    [InlineData("""{"error":{"code":5,"message":null}}""", null, null)]
    [InlineData("""{"error":null}""", null, null)]
    [InlineData("""[]""", null, null)]
    [InlineData("""<html>502</html>""", null, null)]
    [InlineData("", null, null)]
    public void Parse_takes_code_and_text_from_any_kind_of_body(string body, string? code, string? message) =>
        ServiceError.Parse(Encoding.UTF8.GetBytes(body)).Should().Be(new ServiceError(code, message));

    [Fact]
    public void Parse_bounds_what_it_takes_and_lets_no_sentence_pass_for_a_code() =>
        Gen.Select(OneOf("code", "Code", "message", "error", "error_description", "other"), Gen.OneOf(Gen.String, Gen.Const(new string('x', 5_000)), Gen.Const("Some_Code-1.2"))).Array[0, 5].SelectMany(
            members => Gen.Bool.Select(isNested => (members, isNested)))
            .Sample((members, isNested) =>
            {
                var inner = "{" + string.Join(',', members.Select(member => $"\"{member.Item1}\":{JsonSerializer.Serialize(member.Item2)}")) + "}";
                var error = ServiceError.Parse(Encoding.UTF8.GetBytes(isNested ? $"{{\"error\":{inner}}}" : inner));
                return error.Message is not { Length: > 2_000 }
                    && (error.Code is null || (error.Code.Length <= 100 && error.Code.All(character => char.IsAsciiLetterOrDigit(character) || "_.-".Contains(character, StringComparison.Ordinal))));
            });

    [Fact]
    public void Parse_never_fails() => Gen.Byte.Array.Sample(body => ServiceError.Parse(body) is not null);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
