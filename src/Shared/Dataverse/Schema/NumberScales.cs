namespace Dataverse.Sync.Shared;

/// <summary>The decimal places that the service keeps of a column's numbers; it drops further ones silently.</summary>
internal sealed class NumberScales
{
    private const string CurrencyColumn = "transactioncurrencyid";
    private const int GreatestScale = 28;

    private readonly int? pricing;
    private readonly int? baseCurrency;
    private readonly Dictionary<Guid, int> currencies;
    private readonly bool hasCurrency;

    public NumberScales(EntityModel model)
    {
        pricing = Valid(model.Organization?.PricingDecimalPrecision);
        baseCurrency = Valid(model.Organization?.BaseCurrencyPrecision);
        currencies = model.Currencies
            .Where(currency => currency.Id is not null && Valid(currency.Precision) is not null)
            .DistinctBy(currency => currency.Id)
            .ToDictionary(currency => currency.Id!.Value, currency => currency.Precision!.Value);
        hasCurrency = model.Attributes.Any(attribute => attribute.LogicalName == CurrencyColumn);
    }

    /// <summary>The decimal places of a column, where its row's currency does not decide or is unknown.</summary>
    /// <remarks>
    /// Where the setting that decides cannot be read, the column's own precision has to do: a number that is too short
    /// in Dataverse does no harm to the number that it comes from, one that Dataverse shortens by itself looks edited.
    /// </remarks>
    public int? Of(AttributeDefinition attribute, AttributeDefinition? details) => attribute.AttributeType switch
    {
        "Decimal" or "Double" => Valid(details?.Precision),
        "Money" => details switch
        {
            // The amounts in the base currency are computed, with the places that the column has.
            { PrecisionSource: 1 } => pricing ?? Valid(details.Precision),
            { PrecisionSource: 2, IsBaseCurrency: not true } => baseCurrency ?? Valid(details.Precision),
            _ => Valid(details?.Precision),
        },
        _ => null,
    };

    /// <summary>The decimal places by the currency of the row; null for a column on which it has no influence.</summary>
    public ScaleByReference? ByCurrency(AttributeDefinition attribute, AttributeDefinition? details) =>
        attribute.AttributeType == "Money" && details is { PrecisionSource: 2, IsBaseCurrency: not true }
            && hasCurrency && currencies.Count > 0
            ? new ScaleByReference(CurrencyColumn, currencies)
            : null;

    private static int? Valid(int? scale) => scale is >= 0 and <= GreatestScale ? scale : null;
}
