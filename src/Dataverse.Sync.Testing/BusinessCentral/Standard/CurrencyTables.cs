using static Dataverse.Sync.Testing.Emulation.StandardFields;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Currencies and their rates. The local currency is normally no row.</summary>
internal static class CurrencyTables
{
    public static BusinessCentralTableDefinition Currency { get; } = new(PageNames.Currencies, "currency")
    {
        Caption = "Currency",
        Key = ["code"],
        Fields =
        [
            Id,
            Mandatory(Code("code", 10, "Code")),
            Text("displayName", 30, "Description"),
            Text("symbol", 10, "Symbol"),
            Mandatory(Text("amountDecimalPlaces", 5, "Amount Decimal Places")),
            Decimal("amountRoundingPrecision", "Invoice Rounding Precision"),
            ModifiedAt,
        ],
    };

    public static BusinessCentralTableDefinition ExchangeRate { get; } = new(
        PageNames.ExchangeRates, "currencyExchangeRate")
    {
        Caption = "Currency Exchange Rate",
        Key = ["currencyCode", "startingDate"],
        ReadsReplica = true,
        AllowsInsert = false,
        AllowsModify = false,
        AllowsDelete = false,
        Fields =
        [
            Id,
            Mandatory(ReadOnly(Code("currencyCode", 10, "Currency Code"))),
            Mandatory(ReadOnly(Date("startingDate"))),
            ReadOnly(Decimal("exchangeRateAmount", "Exchange Rate Amount")),
            ReadOnly(Code("relationalCurrencyCode", 10, "Relational Currency Code")),
            ReadOnly(Decimal("relationalExchangeRateAmount", "Relational Exch. Rate Amount")),
            ModifiedAt,
        ],
    };
}
