using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests;

/// <summary>What Dataverse requires of a currency and Business Central keeps elsewhere.</summary>
public sealed class CurrencyRuleTests
{
    [Fact]
    [Trait("parity", "BC-14.6-01")]
    [Trait("parity", "BC-14.6-03")]
    [Trait("parity", "BC-14.6-04")]
    public async Task New_currency_gets_a_rate_a_precision_and_its_code_as_the_symbol()
    {
        using var standard = new StandardFixture();
        _ = standard.Local["currencies"]
            .Insert(("code", "USD"), ("displayName", "US dollar"), ("amountDecimalPlaces", "2:3"));

        var job = await standard.FullAsync("CURRENCY");

        job.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        var currency = standard.CurrencyOf("USD");
        (currency["currencyname"].AsText(), currency["currencysymbol"].AsText()).Should().Be(("US dollar", "USD"));
        (currency["exchangerate"].AsDecimal(), currency["currencyprecision"].AsInteger()).Should().Be((1.25m, 3));
    }

    [Theory]
    [InlineData("2:2", 2)]
    [InlineData("0:4", 4)]
    [InlineData("3", 3)]
    [InlineData("2:12", 10)]
    [InlineData("", 2)]
    [InlineData("two", 2)]
    public async Task Precision_is_the_greatest_number_of_decimals_but_at_most_ten(string decimalPlaces, long precision)
    {
        using var standard = new StandardFixture();
        _ = standard.Local["currencies"].Insert(("code", "USD"), ("amountDecimalPlaces", decimalPlaces));

        _ = await standard.FullAsync("CURRENCY");

        standard.CurrencyOf("USD")["currencyprecision"].AsInteger().Should().Be(precision);
    }

    [Fact]
    [Trait("parity", "BC-14.6-02")]
    public async Task Symbol_of_the_currency_is_kept_and_a_cleared_one_becomes_the_code()
    {
        using var standard = new StandardFixture();
        var dollar = standard.Local["currencies"].Insert(("code", "USD"), ("symbol", "$")).Id;
        _ = await standard.FullAsync("CURRENCY");
        var first = standard.CurrencyOf("USD")["currencysymbol"].AsText();
        _ = standard.Local["currencies"].Update(dollar, ("symbol", null));

        _ = await standard.FullAsync("CURRENCY");

        (first, standard.CurrencyOf("USD")["currencysymbol"].AsText()).Should().Be(("$", "USD"));
    }

    [Fact]
    public async Task Precision_of_an_existing_currency_stays_as_it_is_and_its_rate_follows()
    {
        using var standard = new StandardFixture();
        var dollar = standard.Local["currencies"].Insert(("code", "USD"), ("amountDecimalPlaces", "2:2")).Id;
        _ = await standard.FullAsync("CURRENCY");
        _ = standard.AddRate("USD", new(2026, 2, 1), amount: 1, relational: "", relationalAmount: 0.5m);
        _ = standard.Local["currencies"].Update(dollar, ("displayName", "Dollar"), ("amountDecimalPlaces", "4:4"));

        _ = await standard.FullAsync("CURRENCY");

        var currency = standard.CurrencyOf("USD");
        (currency["currencyname"].AsText(), currency["exchangerate"].AsDecimal(), currency["currencyprecision"].AsInteger())
            .Should().Be(("Dollar", 2m, 2));
    }

    [Fact]
    public async Task Currency_without_a_rate_is_refused_with_the_reason_and_the_others_are_created()
    {
        using var standard = new StandardFixture();
        _ = standard.Local["currencies"].Insert(("code", "XXX"));
        _ = standard.Local["currencies"].Insert(("code", "USD"));

        var job = await standard.FullAsync("CURRENCY");

        job.Counters.Inserted.Should().Be(1);
        (await standard.ErrorsAsync(job)).Should().Equal(
            new SyncError(SyncErrorCodes.RefusedByRule, "Business Central has no valid exchange rate for currency 'XXX'."));
    }

    [Fact]
    public async Task Missing_rate_of_the_local_currency_is_the_error_of_the_customers_that_need_it()
    {
        using var standard = new StandardFixture();
        standard.Local["companyInformation"].Update(
            standard.Local["companyInformation"].Records[0].Id, ("currencyCode", "SEK"));
        _ = standard.Local["customers"].Insert(("displayName", "Adatum"));

        var job = await standard.FullAsync("CUSTOMER");

        job.Counters.Failed.Should().Be(1);
        var error = (await standard.ErrorsAsync(job)).Should().ContainSingle().Subject;
        (error.Code, error.Field).Should().Be((SyncErrorCodes.RefusedByRule, "currencyId>transactioncurrencyid"));
        error.Message.Should().ContainAll("'SEK'", "'EUR'");
    }

    [Fact]
    [Trait("parity", "BC-2.4-07")]
    public async Task Blank_currency_of_a_customer_is_the_local_currency()
    {
        using var standard = new StandardFixture();
        _ = standard.Local["customers"].Insert(("displayName", "Adatum"));

        _ = await standard.FullAsync("CUSTOMER");

        standard.Integration["account"].Records[0]["transactioncurrencyid"].AsIdentifier().Should().Be(standard.Euro);
        standard.Integration["transactioncurrency"].Count.Should().Be(1);
    }

    [Fact]
    [Trait("parity", "BC-2.4-07")]
    public async Task Local_currency_is_created_when_a_customer_needs_it()
    {
        using var standard = new StandardFixture();
        var dollar = standard.Integration["transactioncurrency"]
            .Insert(("isocurrencycode", "USD"), ("currencyname", "US dollar")).Id;
        _ = standard.Integration["organization"].Update(
            standard.Organization, ("basecurrencyid", FieldValue.Reference(dollar, "transactioncurrency")));
        standard.Integration["transactioncurrency"].Delete(standard.Euro);
        _ = standard.Local["customers"].Insert(("displayName", "One"));
        _ = standard.Local["customers"].Insert(("displayName", "Two"));

        var job = await standard.FullAsync("CUSTOMER");

        job.Counters.Should().Be(new SyncCounters { Inserted = 2 });
        var euro = standard.CurrencyOf("EUR");
        (euro["currencyname"].AsText(), euro["currencysymbol"].AsText()).Should().Be(("EUR", "EUR"));
        (euro["currencyprecision"].AsInteger(), euro["exchangerate"].AsDecimal())
            .Should().Be((2, 0.8m));
        standard.Integration["account"].Records
            .Should().OnlyContain(account => account["transactioncurrencyid"].AsIdentifier() == euro.Id);
    }

    [Fact]
    public async Task Customer_in_another_currency_refers_to_the_coupled_one()
    {
        using var standard = new StandardFixture();
        var dollar = standard.Local["currencies"].Insert(("code", "USD")).Id;
        _ = standard.Local["customers"]
            .Insert(("displayName", "Adatum"), ("currencyId", FieldValue.Reference(dollar, "currencies")));

        _ = await standard.FullAsync();

        standard.Integration["account"].Records[0]["transactioncurrencyid"].AsIdentifier()
            .Should().Be(standard.CurrencyOf("USD").Id);
    }
}
