using System.Text.Json.Serialization;

namespace Dataverse.Sync.Shared;

/// <summary>A currency and its decimal places.</summary>
internal sealed record CurrencyRow(
    [property: JsonPropertyName("transactioncurrencyid")] Guid? Id,
    [property: JsonPropertyName("currencyprecision")] int? Precision);
