using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class CurrencyTests
{
    private static readonly (string, string) Any = ("If-Match", "*");
    private const string Zero = "00000000-0000-0000-0000-000000000000";

    [Fact]
    public async Task Currency_id_and_code_follow_each_other()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var (eur, usd) = (Currency(bc, "EUR"), Currency(bc, "USD"));

        var byCode = await bc.SendAsync(
            "POST", "customers", new JsonObject { ["displayName"] = "A", ["currencyCode"] = "eur" });
        var byId = await bc.SendAsync("PATCH", $"customers({byCode.Id})", new JsonObject { ["currencyId"] = usd }, Any);

        Pair(byCode).Should().Be((eur, "EUR"));
        Pair(byId).Should().Be((usd, "USD"));
    }

    [Theory]
    [InlineData("currencyId", Zero)]
    [InlineData("currencyCode", "")]
    [InlineData("currencyCode", "GBP")]
    public async Task Local_currency_is_stored_blank_and_shown_by_its_code(string property, string value)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = Currency(bc, "EUR");
        var customer = bc.Insert("customers", new JsonObject { ["displayName"] = "A", ["currencyCode"] = "EUR" });

        var answer = await bc.SendAsync(
            "PATCH", $"customers({customer["id"]})", new JsonObject { [property] = value }, Any);

        Pair(answer).Should().Be((Zero, "GBP"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Currency_values_that_disagree_are_refused_in_either_order(bool idFirst)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var eur = Currency(bc, "EUR");
        _ = Currency(bc, "USD");
        var body = idFirst
            ? new JsonObject { ["displayName"] = "A", ["currencyId"] = eur, ["currencyCode"] = "USD" }
            : new JsonObject { ["displayName"] = "A", ["currencyCode"] = "USD", ["currencyId"] = eur };

        var answer = await bc.SendAsync("POST", "customers", body);

        answer.ShouldBeRefused(400, "Application_DialogException");
        answer.Message.Should().Be("The currency values do not match to a specific Currency.");
    }

    [Fact]
    public async Task Currency_values_that_agree_are_taken_together()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var eur = Currency(bc, "EUR");

        Pair(await bc.SendAsync("POST", "vendors", new JsonObject { ["currencyId"] = eur, ["currencyCode"] = "EUR" }))
            .Should().Be((eur, "EUR"));
        Pair(await bc.SendAsync("POST", "vendors", new JsonObject { ["currencyCode"] = "GBP", ["currencyId"] = Zero }))
            .Should().Be((Zero, "GBP"));
    }

    [Fact]
    public async Task Unknown_currency_is_refused()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.SendAsync("POST", "vendors", new JsonObject { ["currencyCode"] = "XTS" })).Message.Should()
            .Be("The \"currencyCode\" does not match to a Currency.");
        (await bc.SendAsync("POST", "vendors", new JsonObject { ["currencyId"] = Guid.NewGuid() })).Message.Should()
            .Be("The \"currencyId\" does not match to a Currency.");
    }

    [Fact]
    public async Task Renamed_currency_reaches_customers_and_rates()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var eur = Currency(bc, "EUR");
        var customer = bc.Insert("customers", new JsonObject { ["displayName"] = "A", ["currencyId"] = eur });

        _ = await bc.SendAsync("PATCH", $"currencies({eur})", new JsonObject { ["code"] = "EURO" }, Any);

        Pair(await bc.GetAsync($"customers({customer["id"]})")).Should().Be((eur, "EURO"));
    }

    [Fact]
    public async Task Currency_with_open_entries_cannot_be_deleted()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var eur = Currency(bc, "EUR");
        var id = Guid.Parse(
            (string)bc.Insert("customers", new JsonObject { ["displayName"] = "A", ["currencyId"] = eur })["id"]!);
        _ = bc.Emulator.Table("customers").Overwrite(id, new JsonObject { ["balanceDue"] = 1 });

        (await bc.SendAsync("DELETE", $"currencies({eur})", null, Any)).ShouldBeRefused(
            400, "Application_DialogException");
        _ = bc.Emulator.Table("customers").Overwrite(id, new JsonObject { ["balanceDue"] = 0 });
        (await bc.SendAsync("DELETE", $"currencies({eur})", null, Any)).Status.Should().Be(204);
    }

    [Fact]
    public async Task Rounding_precision_must_fit_the_tables_unit()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.SendAsync(
            "POST", "currencies",
            new JsonObject
            {
                ["code"] = "A",
                ["amountRoundingPrecision"] = 0.005,
            })).ShouldBeRefused(400, "Application_FieldValidationException");
        var answer = await bc.SendAsync("POST", "currencies", new JsonObject { ["code"] = "A" });
        ((decimal)answer.Json["amountRoundingPrecision"]!, (string)answer.Json["amountDecimalPlaces"]!).Should()
            .Be((0.01m, "2:2"));
    }

    private static string Currency(BusinessCentralFixture bc, string code) =>
        (string)bc.Insert("currencies", new JsonObject { ["code"] = code })["id"]!;

    private static (string, string) Pair(Answer answer) =>
        ((string)answer.Json["currencyId"]!, (string)answer.Json["currencyCode"]!);
}
