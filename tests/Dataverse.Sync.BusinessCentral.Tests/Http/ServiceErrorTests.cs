using System.Text;
using CsCheck;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral.Tests.Http;

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
    public void Parse_never_fails() => Gen.Byte.Array.Sample(body => ServiceError.Parse(body) is not null);
}
