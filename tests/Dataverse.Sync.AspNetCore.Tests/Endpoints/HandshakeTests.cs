namespace Dataverse.Sync.AspNetCore.Tests.Endpoints;

/// <summary>Business Central asks whether an address wants notifications.</summary>
public sealed class HandshakeTests
{
    [Theory]
    [InlineData("0123456789ABCDEF")]
    [InlineData("6d81597f-0f9f-4711-8122-000d3aa2331c")]
    [InlineData("Validation: a token, with=signs/and~more;")]
    public async Task Answer_is_the_token_as_plain_text(string token)
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        using var response = await process.SendAsync($"hooks/business-central?validationToken={Uri.EscapeDataString(token)}", []);

        ((int)response.StatusCode, await response.Content.ReadAsStringAsync()).Should().Be((200, token));
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        (await process.WokenAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("?validationToken=")]
    [InlineData("?validationToken=a&validationToken=b")]
    [InlineData("?validationToken=%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("?validationToken=a%0D%0ASet-Cookie:b")]
    [InlineData("?validationToken=%C3%A9")]
    public async Task What_cannot_be_a_token_is_not_sent_back(string query)
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        using var response = await process.SendAsync($"hooks/business-central{query}", []);

        ((int)response.StatusCode, await response.Content.ReadAsStringAsync()).Should().Be((400, string.Empty));
    }

    [Fact]
    public async Task Token_is_limited_in_length()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        (await process.NotifyAsync("", $"?validationToken={new string('a', 1_024)}")).Should().Be(200);
        (await process.NotifyAsync("", $"?validationToken={new string('a', 1_025)}")).Should().Be(400);
    }
}
