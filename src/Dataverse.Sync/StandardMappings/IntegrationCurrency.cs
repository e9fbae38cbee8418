namespace Dataverse.Sync;

/// <summary>A currency of Dataverse.</summary>
/// <param name="Id">The id of its record.</param>
/// <param name="Code">Its ISO code.</param>
/// <param name="Rate">How many of its units equal one unit of the base currency; null if it has no rate.</param>
/// <param name="Precision">The number of decimals of its amounts.</param>
internal sealed record IntegrationCurrency(Guid Id, string Code, decimal? Rate, int Precision);
