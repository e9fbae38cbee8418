namespace Dataverse.Sync;

/// <summary>
/// The exchange rates of Business Central on one day, as Dataverse states them: units of a currency per unit of the
/// base currency.
/// </summary>
internal sealed class ExchangeRates
{
    private const int Decimals = 12;
    private const int LongestChain = 10;

    private readonly Dictionary<string, (decimal Amount, string Relational, decimal RelationalAmount)> rates =
        new(StringComparer.OrdinalIgnoreCase);
    private readonly string localCurrency;
    private readonly string baseCurrency;

    private ExchangeRates(string localCurrency, string baseCurrency)
    {
        this.localCurrency = localCurrency;
        this.baseCurrency = baseCurrency;
    }

    /// <summary>Gets the rates of today, which are read once per run.</summary>
    public static async ValueTask<ExchangeRates> ForAsync(SyncRunContext run, CancellationToken cancellationToken)
    {
        if (run.Items.TryGetValue(typeof(ExchangeRates), out var known))
        {
            return (ExchangeRates)known;
        }

        var rates = new ExchangeRates(
            await ReadLocalCurrencyAsync(run.Local, cancellationToken).ConfigureAwait(false),
            await ReadBaseCurrencyAsync(run.Integration, cancellationToken).ConfigureAwait(false));
        await rates.ReadAsync(run, cancellationToken).ConfigureAwait(false);
        run.Items[typeof(ExchangeRates)] = rates;
        return rates;
    }

    /// <summary>Computes how many units of a currency equal one unit of the base currency.</summary>
    /// <exception cref="SyncRuleException">
    /// Business Central has no exchange rate for one of the two currencies.
    /// </exception>
    public decimal PerBaseUnit(string currency) =>
        Math.Round(LocalValue(baseCurrency, LongestChain) / LocalValue(currency, LongestChain), Decimals);

    private static async Task<string> ReadLocalCurrencyAsync(ITableConnector local, CancellationToken cancellationToken)
    {
        var query = new FieldQuery
        {
            Table = "companyInformation",
            Fields = ["currencyCode"],
            Field = "currencyCode",
        };
        var rows = await local.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? string.Empty : rows[0]["currencyCode"].ToString();
    }

    private static async Task<string> ReadBaseCurrencyAsync(
        ITableConnector integration, CancellationToken cancellationToken)
    {
        var byField = new FieldQuery
        {
            Table = "organization",
            Fields = ["basecurrencyid"],
            Field = "basecurrencyid",
        };
        var organizations = await integration.FindAsync(byField, cancellationToken).ConfigureAwait(false);
        if (organizations.Count == 0 || organizations[0]["basecurrencyid"].IsBlank)
        {
            throw new SyncRuleException("The organization's base currency cannot be read.");
        }

        var byId = new RecordQuery
        {
            Table = "transactioncurrency",
            Fields = ["isocurrencycode"],
            Ids = [organizations[0]["basecurrencyid"].AsIdentifier()],
        };
        var currencies = await integration.ReadByIdAsync(byId, cancellationToken).ConfigureAwait(false);
        return currencies.Count == 1
            ? currencies[0]["isocurrencycode"].ToString()
            : throw new SyncRuleException("The organization's base currency cannot be read.");
    }

    private async Task ReadAsync(SyncRunContext run, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(run.TimeProvider.GetUtcNow().UtcDateTime);
        string[] fields =
        [
            "currencyCode",
            "startingDate",
            "exchangeRateAmount",
            "relationalCurrencyCode",
            "relationalExchangeRateAmount",
        ];
        var query = new FieldQuery { Table = "currencyExchangeRates", Fields = fields, Field = "currencyCode" };
        var rows = await run.Local.FindAsync(query, cancellationToken).ConfigureAwait(false);
        var valid = rows.Where(row => row["startingDate"].IsBlank || row["startingDate"].AsDate() <= today);
        var sorted = valid.OrderBy(row =>
            row["startingDate"].IsBlank ? DateOnly.MinValue : row["startingDate"].AsDate());
        foreach (var row in sorted)
        {
            rates[row["currencyCode"].ToString()] = (
                Amount(row["exchangeRateAmount"]),
                row["relationalCurrencyCode"].ToString(),
                Amount(row["relationalExchangeRateAmount"]));
        }
    }

    private static decimal Amount(FieldValue value) => value.IsBlank ? 0 : value.AsDecimal();

    private decimal LocalValue(string currency, int chain)
    {
        if (string.Equals(currency, localCurrency, StringComparison.OrdinalIgnoreCase) || currency.Length == 0)
        {
            return 1;
        }

        if (chain == 0 || !rates.TryGetValue(currency, out var rate) || rate.Amount == 0 || rate.RelationalAmount == 0)
        {
            throw new SyncRuleException($"Business Central has no valid exchange rate for currency '{currency}'.");
        }

        return rate.RelationalAmount / rate.Amount * LocalValue(rate.Relational, chain - 1);
    }
}
