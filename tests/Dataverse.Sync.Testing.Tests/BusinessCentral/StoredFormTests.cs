using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

/// <summary>What the emulator does to values without saying so, and the rows that it hides.</summary>
public sealed class StoredFormTests
{
    private static readonly BusinessCentralTableDefinition Prices = new("prices", "price")
    {
        Key = ["code"],
        Fields =
        [
            new("id", BusinessCentralFieldType.Guid) { Source = BusinessCentralFieldSource.SystemId },
            new("code", BusinessCentralFieldType.Code) { MaxLength = 20 },
            new("text", BusinessCentralFieldType.Text) { MaxLength = 100 },
            new("price", BusinessCentralFieldType.Decimal) { DecimalPlaces = 2 },
            new("free", BusinessCentralFieldType.Decimal),
            new("seen", BusinessCentralFieldType.DateTime),
        ],
    };

    [Theory]
    [InlineData(BusinessCentralDecimals.Keep, MidpointRounding.AwayFromZero, 1.2349)]
    [InlineData(BusinessCentralDecimals.Round, MidpointRounding.AwayFromZero, 1.23)]
    [InlineData(BusinessCentralDecimals.Round, MidpointRounding.ToZero, 1.23)]
    [InlineData(BusinessCentralDecimals.Refuse, MidpointRounding.AwayFromZero, null)]
    public async Task Further_decimals_are_refused_rounded_or_kept(
        BusinessCentralDecimals excess, MidpointRounding rounding, double? stored)
    {
        await using var bc = await StartAsync(new() { ExcessDecimals = excess, NumberRounding = rounding });

        var answer = await bc.SendAsync("POST", "prices", new JsonObject { ["code"] = "A", ["price"] = 1.2349m, ["free"] = 1.2349m });

        if (stored is null)
        {
            answer.ShouldBeRefused(400, "Application_FieldValidationException");
            return;
        }

        ((decimal)answer.Json["price"]!, (decimal)answer.Json["free"]!).Should().Be(((decimal)stored, 1.2349m));
    }

    [Theory]
    [InlineData(false, "2026-01-02T03:04:05.007Z")]
    [InlineData(true, "2026-01-02T03:04:05.003Z")]
    public async Task Instants_are_stored_in_units_of_a_three_hundredth_second(bool cuts, string stored)
    {
        await using var bc = await StartAsync(new() { CutsInstants = cuts });

        var answer = await bc.SendAsync("POST", "prices", new JsonObject { ["code"] = "A", ["seen"] = "2026-01-02T03:04:05.0055Z" });

        ((string?)answer.Json["seen"]).Should().Be(stored);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Instants_of_whole_hundredths_and_those_that_the_service_shows_are_stored_exactly(bool cuts)
    {
        await using var bc = await StartAsync(new() { CutsInstants = cuts });
        foreach (var fraction in Enumerable.Range(1, 99).Select(n => $".{n:00}".TrimEnd('0')).Concat([".003", ".007", ".997"]))
        {
            var seen = $"2026-01-02T03:04:05{fraction}Z";

            var row = bc.Insert("prices", new JsonObject { ["code"] = "C" + fraction, ["seen"] = seen });

            ((string?)row["seen"]).Should().Be(seen);
        }
    }

    [Fact]
    public async Task Texts_are_trimmed_and_their_line_breaks_unified_where_the_switches_say_so()
    {
        const string Sent = " a\r\nb ";
        await using var plain = await StartAsync();
        await using var changing = await StartAsync(new() { TrimsText = true, StoresLineFeeds = true });

        ((string?)plain.Insert("prices", new JsonObject { ["code"] = "A", ["text"] = Sent })["text"]).Should().Be(Sent);
        ((string?)changing.Insert("prices", new JsonObject { ["code"] = "A", ["text"] = Sent })["text"]).Should().Be("a\nb");
    }

    [Theory]
    [InlineData(404, "BadRequest_ResourceNotFound")]
    [InlineData(403, "Authorization_RequestDenied")]
    public async Task A_hidden_row_is_left_out_of_lists_and_refused_by_id(int status, string code)
    {
        await using var bc = await StartAsync(new() { HiddenRecordStatus = status });
        var hidden = Guid.Parse((string)bc.Customer("1")["id"]!);
        _ = bc.Customer("2");
        bc.Emulator.Table("customers").SetHidden(hidden);

        (await bc.GetAsync("customers")).Column("number").Should().Equal("2");
        (await bc.GetAsync($"customers({hidden})")).ShouldBeRefused(status, code);
        (await bc.SendAsync("PATCH", $"customers({hidden})", new JsonObject { ["city"] = "Graz" }, ("If-Match", "*")))
            .ShouldBeRefused(status, code);
        bc.Emulator.Table("customers").Count.Should().Be(2);
        _ = bc.Emulator.Table("customers").Update(hidden, new JsonObject { ["city"] = "Linz" });
        (await bc.GetAsync("customers")).Column("number").Should().Equal(["2"], "an edit does not show it");

        bc.Emulator.Table("customers").SetHidden(hidden, isHidden: false);
        (await bc.GetAsync("customers")).Rows.Should().HaveCount(2);
    }

    private static Task<BusinessCentralFixture> StartAsync(BusinessCentralEmulatorOptions? options = null) =>
        BusinessCentralFixture.StartAsync((options ?? new()) with { Tables = [Prices] });
}
