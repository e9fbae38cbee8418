using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Http.Tests;

public sealed class ErrorCodesTests
{
    [Theory]
    [InlineData("0x80060882", 0x80060882u)]
    [InlineData("0X8006088a", 0x8006088Au)]
    [InlineData("-2147088254", 0x80060882u)]
    [InlineData("0x0", 0u)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("0x", null)]
    [InlineData("InternalError", null)]
    public void Parse_reads_hexadecimal_and_signed_decimal(string? code, uint? number) => ErrorCodes.Parse(code).Should().Be(number);
}
