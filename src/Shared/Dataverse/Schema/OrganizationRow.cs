using System.Text.Json.Serialization;

namespace Dataverse.Sync.Shared;

/// <summary>The organization's settings on which values depend.</summary>
internal sealed record OrganizationRow(
    [property: JsonPropertyName("fullnameconventioncode")] int? FullNameConventionCode,
    [property: JsonPropertyName("pricingdecimalprecision")] int? PricingDecimalPrecision,
    [property: JsonPropertyName("basecurrencyprecision")] int? BaseCurrencyPrecision);
