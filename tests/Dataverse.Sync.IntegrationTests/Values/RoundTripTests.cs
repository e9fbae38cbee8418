using System.Text.Json.Nodes;

namespace Dataverse.Sync.IntegrationTests.Values;

/// <summary>Unusual values over HTTP: whoever typed them keeps them, and further runs write nothing.</summary>
public sealed class RoundTripTests
{
    [Theory]
    [InlineData("\tTab and\u200Bzero width\uFEFF")]
    [InlineData("Cafe\u0301 \U0001F600 \u00DF\u0131")]
    [InlineData("'quotes' & <tags> %5B \\ \"x\" {0} #1")]
    [InlineData("2012-07-14T00:00:00.0000Z")]
    [InlineData(" \u00A0 ")]
    [InlineData("\n\nLines\r\n\r\n")]
    public async Task Text_that_was_typed_in_Business_Central_stays(string text)
    {
        await using var bench = await PriceBench.StartAsync(new() { TrimsText = true, StoresLineFeeds = true });
        var id = Guid.Parse((string)bench.Prices.Insert(new JsonObject { ["number"] = "P1", ["remark"] = text })["id"]!);

        await bench.FullAsync();
        await bench.ModifiedAsync();

        ((string?)bench.Price["remark"]).Should().Be(text);
        (await bench.WritesOfFurtherRunsAsync()).Should().Be(0);

        _ = bench.Prices.Update(id, new JsonObject { ["remark"] = "Edited" });
        await bench.ModifiedAsync();
        _ = bench.Prices.Update(id, new JsonObject { ["remark"] = text });
        await bench.ModifiedAsync();
        (await bench.WritesOfFurtherRunsAsync()).Should().Be(0);
        ((string?)bench.Price["remark"]).Should().Be(text);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(98)]
    public async Task Memo_is_cut_before_a_pair_of_surrogates_and_the_longer_text_stays_in_Dataverse(int length)
    {
        await using var bench = await PriceBench.StartAsync();
        var text = new string('x', length) + "\U0001F600\U0001F600 end";
        _ = bench.Prices.Insert(new JsonObject { ["number"] = "P1" });
        await bench.FullAsync();

        _ = bench.Rows.Update(bench.Row.Id, ("new_remark", text));
        await bench.ModifiedAsync();

        bench.Row["new_remark"].Should().Be(text);
        ((string?)bench.Price["remark"]).Should().Be(text[..(length == 99 ? 99 : 100)]);
        (await bench.WritesOfFurtherRunsAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0.004")]
    [InlineData("0.0000001")]
    [InlineData("-12.345")]
    [InlineData("99999999.995")]
    public async Task Amount_that_was_typed_in_Business_Central_stays(string text)
    {
        await using var bench = await PriceBench.StartAsync();
        var amount = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        _ = bench.Prices.Insert(new JsonObject { ["number"] = "P1", ["price"] = amount });

        await bench.FullAsync();

        (await bench.WritesOfFurtherRunsAsync()).Should().Be(0);
        ((decimal)bench.Price["price"]!).Should().Be(amount);
        bench.Row["new_price"].Should().Be(Math.Round(amount, 2, MidpointRounding.AwayFromZero));
    }

    [Fact]
    public async Task Amount_that_was_cleared_in_Dataverse_is_zero_in_Business_Central_and_stays_blank()
    {
        await using var bench = await PriceBench.StartAsync();
        _ = bench.Prices.Insert(new JsonObject { ["number"] = "P1", ["price"] = 12.345m, ["due"] = "2026-03-15" });
        await bench.FullAsync();

        _ = bench.Rows.Update(bench.Row.Id, ("new_price", null), ("new_due", null));
        await bench.ModifiedAsync();

        ((decimal)bench.Price["price"]!, (string?)bench.Price["due"], bench.Row["new_price"]).Should().Be((0m, "0001-01-01", null));
        (await bench.WritesOfFurtherRunsAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData("1753-06-01", true)]
    [InlineData("0001-01-01", false)]
    [Trait("parity", "BC-2.3-04")]
    public async Task Early_date_is_a_date_and_the_blank_date_a_blank(string date, bool isDate)
    {
        await using var bench = await PriceBench.StartAsync();
        _ = bench.Prices.Insert(new JsonObject { ["number"] = "P1", ["due"] = date });

        await bench.FullAsync();

        (bench.Row["new_due"] is not null).Should().Be(isDate);
        (await bench.WritesOfFurtherRunsAsync()).Should().Be(0);
        ((string?)bench.Price["due"]).Should().Be(date);
    }
}
