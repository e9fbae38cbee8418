using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

/// <summary>Texts that are longer than their column, directly or after passing a variable of the page.</summary>
public sealed class LengthTests
{
    [Theory]
    [InlineData("customers", 20, 201, 0)]
    [InlineData("customers", 21, 400, 20)]
    [InlineData("vendors", 50, 400, 20)]
    [InlineData("contacts", 51, 400, 50)]
    public async Task Tax_number_is_refused_by_the_column_and_before_it_by_the_variable(
        string set, int length, int status, int limit)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.SendAsync(
            "POST", set,
            new JsonObject { ["displayName"] = "Adatum", ["taxRegistrationNumber"] = new string('1', length) });

        answer.Status.Should().Be(status, answer.Text);
        if (status == 400)
        {
            answer.ShouldBeRefused(400, "Application_StringExceededLength");
            answer.Message.Should().Be(
                $"The length of the string is {length}, but it must be less than or equal to {limit} characters.");
        }
    }

    [Fact]
    public async Task Currency_code_is_cut_before_it_is_looked_up()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Insert("currencies", new JsonObject { ["code"] = "ABCDEFGHIJ" });

        var found = await bc.SendAsync(
            "POST", "customers", new JsonObject { ["displayName"] = "Adatum", ["currencyCode"] = "abcdefghijKLM" });
        var missing = await bc.SendAsync(
            "POST", "customers", new JsonObject { ["displayName"] = "Adatum", ["currencyCode"] = "bcdefghijKLM" });

        ((string)found.Json["currencyCode"]!).Should().Be("ABCDEFGHIJ");
        missing.ShouldBeRefused(400, "Application_DialogException");
        missing.Message.Should().Be("The \"currencyCode\" does not match to a Currency.");
    }

    [Fact]
    public async Task Column_refuses_one_character_more_than_it_holds()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.SendAsync("POST", "customers", new JsonObject { ["displayName"] = new string('x', 101) });

        answer.ShouldBeRefused(400, "Application_StringExceededLength");
        answer.Message.Should()
            .Be("The length of the string is 101, but it must be less than or equal to 100 characters.");
    }

    [Theory]
    [InlineData("$filter=number eq '123456789012345678901'")]
    [InlineData("$filter=number gt '123456789012345678901' and city eq 'Oslo'")]
    [InlineData("$filter=number in ('1','123456789012345678901')&$schemaversion=2.1")]
    public async Task Filter_with_a_text_that_the_column_cannot_hold_is_refused(string option)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.GetAsync($"customers?{option}");

        answer.ShouldBeRefused(400, "Application_FilterErrorException");
        answer.Message.Should().Be(
            "The filter \"123456789012345678901\" is not valid for the No. field on the Customer table. The length of the "
            + "string is 21, but it must be less than or equal to 20 characters. Value: 123456789012345678901");
    }

    [Theory]
    [InlineData("number eq '12345678901234567890'")]
    [InlineData("taxRegistrationNumber eq '123456789012345678901'")]
    [InlineData("contains(number,'123456789012345678901')")]
    public async Task Filter_that_compares_no_column_with_a_longer_text_finds_nothing(string filter)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Customer("C1");

        (await bc.GetAsync($"customers?$filter={filter}")).Rows.Should().BeEmpty();
    }
}
