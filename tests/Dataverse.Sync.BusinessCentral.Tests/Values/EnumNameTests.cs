using CsCheck;

namespace Dataverse.Sync.BusinessCentral.Tests.Values;

public sealed class EnumNameTests
{
    [Theory]
    [InlineData("_x0020_", "")]
    [InlineData(" ", "")]
    [InlineData("", "")]
    [InlineData("Ship", "Ship")]
    [InlineData("Bank_x0020_Account", "Bank Account")]
    [InlineData("_x0031_099", "1099")]
    [InlineData("not_x00zz_escaped", "not_x00zz_escaped")]
    public void Decode_reads_the_name_of_a_member(string wire, string member) => EnumName.Decode(wire).ToString().Should().Be(member);

    [Theory]
    [InlineData("", "_x0020_")]
    [InlineData("Ship", "Ship")]
    [InlineData("Bank Account", "Bank_x0020_Account")]
    [InlineData("Net (30)", "Net_x0020__x0028_30_x0029_")]
    public void Encode_escapes_what_no_xml_name_may_hold(string member, string wire) => EnumName.Encode(FieldValue.Text(member)).Should().Be(wire);

    [Fact]
    public void Every_member_comes_back() =>
        Gen.String[Gen.OneOf(Gen.Char["abZ019 _x()&/:.-%äß東"], Gen.Char['!', '~']), 1, 30]
            .Where(member => !string.IsNullOrWhiteSpace(member))
            .Sample(member => EnumName.Decode(EnumName.Encode(FieldValue.Text(member))) == FieldValue.Text(member));
}
