namespace Dataverse.Sync;

/// <summary>
/// The exchange rates of Business Central on one day, as Dataverse states them: units of a currency per unit of the
/// base currency.
/// </summary>
internal sealed class ExchangeRates
{
    private const int LongestChain = 10;

    private readonly Dictionary<string, (decimal Amount, string Relational, decimal RelationalAmount)> rates =
        new(StringComparer.OrdinalIgnoreCase);
    private readonly string localCurrency;
    private readonly string baseCurrency;
    private readonly int decimals;

    private ExchangeRates(string localCurrency, string baseCurrency, int decimals)
    {
        this.localCurrency = localCurrency;
        this.baseCurrency = baseCurrency;
        this.decimals = decimals;
    }

    /// <summary>Gets the rates of today, which are read once per run with one request.</summary>
    /// <param name="run">The run.</param>
    /// <param name="homes">The currencies of the company and the organization.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public static async ValueTask<ExchangeRates> ForAsync(
        SyncRunContext run, HomeCurrencies homes, CancellationToken cancellationToken)
    {
        if (run.Items.TryGetValue(typeof(ExchangeRates), out var known))
        {
            return (ExchangeRates)known;
        }

        var local = await homes.LocalAsync(run, cancellationToken).ConfigureAwait(false);
        var unit = await homes.BaseAsync(run, cancellationToken).ConfigureAwait(false);
        var decimals = await homes.DecimalsAsync(run, cancellationToken).ConfigureAwait(false);
        var rates = new ExchangeRates(local, unit, decimals);
        await rates.ReadAsync(run, cancellationToken).ConfigureAwait(false);
        run.Items[typeof(ExchangeRates)] = rates;
        return rates;
    }

    /// <summary>Computes how many units of a currency equal one unit of the base currency.</summary>
    /// <exception cref="SyncRuleException">
    /// Business Central has no exchange rate for one of the two currencies.
    /// </exception>
    public decimal PerBaseUnit(string currency) => TryPerBaseUnit(currency)
        ?? throw new SyncRuleException(LocalValue(currency, LongestChain) is null
            ? $"Business Central has no valid exchange rate for currency '{currency}'."
            : $"The exchange rate of currency '{currency}' cannot be computed, because Business Central has no valid "
                + $"exchange rate for '{baseCurrency}', the base currency of the Dataverse organization.");

    /// <summary>Computes the rate of a currency; null if it has none.</summary>
    public decimal? TryPerBaseUnit(string currency)
    {
        if (IsBase(currency))
        {
            return 1;
        }

        return LocalValue(currency, LongestChain) is { } value && LocalValue(baseCurrency, LongestChain) is { } unit
            ? Rounded(unit / value)
            : null;
    }

    /// <summary>Whether a currency is the base currency, whose rate is 1 for ever.</summary>
    public bool IsBase(string currency) =>
        string.Equals(currency, baseCurrency, StringComparison.OrdinalIgnoreCase);

    // An amount that cannot be read is no rate, which fails the currency that needs it and no other.
    private static decimal Amount(FieldValue value) =>
        value.Kind is FieldValueKind.Integer or FieldValueKind.Decimal ? value.AsDecimal() : 0;

    private static DateOnly? StartOf(TableRecord row) => row["startingDate"] is var date && date.IsBlank ? DateOnly.MinValue
        : date.Kind == FieldValueKind.Date ? date.AsDate()
        : null;

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
        foreach (var row in rows.Where(row => StartOf(row) <= today).OrderBy(StartOf))
        {
            rates[row["currencyCode"].ToString()] = (
                Amount(row["exchangeRateAmount"]),
                row["relationalCurrencyCode"].ToString(),
                Amount(row["relationalExchangeRateAmount"]));
        }
    }

    // A rate that is too small for the column's decimals would be no rate.
    private decimal? Rounded(decimal rate) => Math.Round(rate, decimals) is > 0 and var rounded ? rounded : null;

    // The value of one unit in the local currency.
    private decimal? LocalValue(string currency, int chain)
    {
        if (string.Equals(currency, localCurrency, StringComparison.OrdinalIgnoreCase) || currency.Length == 0)
        {
            return 1;
        }

        if (chain == 0 || !rates.TryGetValue(currency, out var rate) || rate.Amount <= 0 || rate.RelationalAmount <= 0)
        {
            return null;
        }

        return rate.RelationalAmount / rate.Amount * LocalValue(rate.Relational, chain - 1);
    }
}
