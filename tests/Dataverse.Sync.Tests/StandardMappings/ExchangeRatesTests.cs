using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests;

/// <summary>Business Central's exchange rates, as the rate of a new currency shows them.</summary>
public sealed class ExchangeRatesTests : IDisposable
{
    private readonly StandardFixture standard = new();

    public void Dispose() => standard.Dispose();

    [Fact]
    public async Task Rate_is_the_number_of_units_for_one_unit_of_the_base_currency() =>
        (await RateOfAsync("USD")).Should().Be(1.25m);

    [Fact]
    public async Task Rate_in_the_local_currency_counts_whatever_the_letter_case_of_its_code() =>
        (await RateOfAsync("GBP", ("GBP", "eur", 1m, 2m))).Should().Be(0.5m);

    [Fact]
    public async Task Rate_may_name_many_units_of_the_currency() =>
        (await RateOfAsync("JPY", ("JPY", "", 100m, 0.5m))).Should().Be(200m);

    [Fact]
    public async Task Rate_has_twelve_decimals() =>
        (await RateOfAsync("CHF", ("CHF", "", 1m, 3m))).Should().Be(0.333333333333m);

    [Fact]
    public async Task Rate_may_lead_through_another_currency() =>
        (await RateOfAsync("MXN", ("MXN", "USD", 20m, 1m))).Should().Be(25m);

    [Fact]
    public async Task Rate_is_the_latest_that_has_begun()
    {
        _ = standard.AddRate("USD", new(2026, 3, 1), 1, "", 0.5m);
        _ = standard.AddRate("USD", new(2026, 2, 1), 1, "", 0.4m);
        _ = standard.AddRate("USD", new(2026, 3, 2), 1, "", 0.1m);

        (await RateOfAsync("USD")).Should().Be(2m);
    }

    [Fact]
    public async Task Base_currency_may_be_another_than_the_local_one()
    {
        var dollar = standard.Integration["transactioncurrency"]
            .Insert(("isocurrencycode", "USD"), ("currencyname", "US dollar")).Id;
        _ = standard.Integration["organization"].Update(
            standard.Organization, ("basecurrencyid", FieldValue.Reference(dollar, "transactioncurrency")));

        (await RateOfAsync("CHF", ("CHF", "", 1m, 0.4m))).Should().Be(2m, "a dollar costs 0.80 euros and a franc 0.40");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task Rate_of_zero_is_no_rate(int amount, int relationalAmount) =>
        (await RefusalOfAsync("CHF", ("CHF", "", amount, relationalAmount)))
            .Should().Be("Business Central has no valid exchange rate for currency 'CHF'.");

    [Fact]
    public async Task Rates_that_lead_in_a_circle_are_no_rate() =>
        (await RefusalOfAsync("AAA", ("AAA", "BBB", 1m, 1m), ("BBB", "AAA", 1m, 1m)))
            .Should().Be("Business Central has no valid exchange rate for currency 'AAA'.");

    [Fact]
    public async Task Organization_without_a_readable_base_currency_refuses_the_currency()
    {
        standard.Integration["transactioncurrency"].Delete(standard.Euro);

        (await RefusalOfAsync("USD")).Should().Be("The organization's base currency cannot be read.");
    }

    [Fact]
    public async Task Organization_that_cannot_be_read_refuses_the_currency()
    {
        standard.Integration["organization"].Delete(standard.Organization);

        (await RefusalOfAsync("USD")).Should().Be("The organization's base currency cannot be read.");
    }

    [Fact]
    public async Task Rates_are_read_once_a_run()
    {
        foreach (var code in new[] { "AAA", "BBB", "CCC" })
        {
            _ = standard.AddRate(code, new(2026, 1, 1), 1, "", 2);
            _ = standard.Local["currencies"].Insert(("code", code));
        }

        await standard.Engine.ValidateAsync();
        standard.Local.ResetCounters();

        var job = await standard.FullAsync("CURRENCY");

        job.Counters.Inserted.Should().Be(3);
        standard.Local.Calls[InMemoryOperation.Find].Should().Be(2, "of the company's currency and of all rates");
    }

    private async Task<decimal> RateOfAsync(
        string code,
        params (string Code, string Relational, decimal Amount, decimal RelationalAmount)[] rates)
    {
        var job = await CreateAsync(code, rates);
        (await standard.ErrorsAsync(job)).Should().BeEmpty();
        return standard.CurrencyOf(code)["exchangerate"].AsDecimal();
    }

    private async Task<string> RefusalOfAsync(
        string code,
        params (string Code, string Relational, decimal Amount, decimal RelationalAmount)[] rates)
    {
        var job = await CreateAsync(code, rates);
        var error = (await standard.ErrorsAsync(job))
            .Should().ContainSingle(item => item.Code == SyncErrorCodes.RefusedByRule).Subject;
        return error.Message;
    }

    private async Task<SyncJob> CreateAsync(
        string code,
        params (string Code, string Relational, decimal Amount, decimal RelationalAmount)[] rates)
    {
        foreach (var rate in rates)
        {
            _ = standard.AddRate(rate.Code, new(2026, 1, 1), rate.Amount, rate.Relational, rate.RelationalAmount);
        }

        _ = standard.Local["currencies"].Insert(("code", code));
        return await standard.FullAsync("CURRENCY");
    }
}
