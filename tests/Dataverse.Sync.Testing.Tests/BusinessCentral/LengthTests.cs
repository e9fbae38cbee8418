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
}
