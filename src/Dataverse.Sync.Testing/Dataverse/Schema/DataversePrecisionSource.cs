namespace Dataverse.Sync.Testing;

/// <summary>What decides how many decimals of an amount of money are stored.</summary>
public enum DataversePrecisionSource
{
    /// <summary>The precision of the column.</summary>
    Column,

    /// <summary>The column <c>pricingdecimalprecision</c> of the organization.</summary>
    Pricing,

    /// <summary>The column <c>currencyprecision</c> of the currency of the row.</summary>
    Currency,
}
