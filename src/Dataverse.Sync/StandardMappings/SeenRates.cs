namespace Dataverse.Sync;

/// <summary>The exchange rates that Dataverse had when they were last read.</summary>
internal sealed class SeenRates(IntegrationCurrencies currencies)
{
    private readonly Dictionary<string, decimal?> rates = currencies.All
        .DistinctBy(currency => currency.Code, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(currency => currency.Code, currency => currency.Rate, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a run was to change the rates, so that they must be read again.</summary>
    public bool IsOutdated { get; set; }

    /// <summary>The codes of the currencies whose rates are others now, or missing.</summary>
    public List<string> Changed(ExchangeRates current) =>
        [.. rates
            .Where(rate => !current.IsBase(rate.Key) && current.TryPerBaseUnit(rate.Key) != rate.Value)
            .Select(rate => rate.Key)];

    /// <summary>Stops comparing currencies that Business Central does not have.</summary>
    public void Forget(IEnumerable<string> codes)
    {
        foreach (var code in codes.ToList())
        {
            _ = rates.Remove(code);
        }
    }
}
