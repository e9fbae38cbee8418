namespace Dataverse.Sync;

/// <summary>
/// The number of decimals of an exchange rate in Dataverse. A rate with more would differ from the stored one for ever.
/// </summary>
internal static class ExchangeRateDecimals
{
    private const int Most = 12;

    public static async Task<int> OfAsync(ITableConnector integration, CancellationToken cancellationToken)
    {
        var schema = await integration.GetSchemaAsync("transactioncurrency", cancellationToken).ConfigureAwait(false);
        var scale = schema?.Fields.FirstOrDefault(field => field.Name == "exchangerate")?.Scale;
        return Math.Clamp(scale ?? Most, 0, Most);
    }
}
