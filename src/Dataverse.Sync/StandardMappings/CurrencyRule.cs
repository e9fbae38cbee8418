using System.Globalization;

namespace Dataverse.Sync;

/// <summary>Fills the columns of a currency that Dataverse requires and Business Central stores elsewhere.</summary>
/// <remarks>
/// These are the exchange rate, the precision, and a symbol. The rule also supplies the values of the local currency,
/// which is blank in Business Central, when a record refers to it.
/// </remarks>
internal sealed class CurrencyRule : ISyncRule
{
    private const string Currencies = "currencies";
    private const string Precision = "amountDecimalPlaces";
    private const int StandardPrecision = 2;

    public IReadOnlyList<string> RequiredFields(IIntegrationTableMapping mapping, SyncSide side)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return side == SyncSide.Local && mapping.LocalTable == Currencies ? [Precision] : [];
    }

    public async ValueTask FieldsTransferredAsync(
        FieldsTransferredArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Run.Mapping.LocalTable != Currencies
            || arguments.Target != SyncSide.Integration
            || arguments.Source is not { } currency)
        {
            return;
        }

        var code = currency["code"].ToString();
        var symbol = arguments.Fields.FirstOrDefault(write => write.Field == "currencysymbol");
        if (symbol.Value.IsBlank && (arguments.Kind == WriteKind.Insert || arguments.Writes("currencysymbol")))
        {
            arguments.Set("currencysymbol", FieldValue.Text(code));
        }

        if (arguments.Kind == WriteKind.Insert)
        {
            var rates = await ExchangeRates.ForAsync(arguments.Run, cancellationToken).ConfigureAwait(false);
            arguments.Set("exchangerate", FieldValue.Decimal(rates.PerBaseUnit(code)));
            arguments.Set("currencyprecision", FieldValue.Integer(PrecisionOf(currency[Precision].ToString())));
        }
    }

    public async ValueTask<IReadOnlyList<FieldWrite>?> ReferenceMissingAsync(
        ReferenceMissingArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Table != "transactioncurrency")
        {
            return null;
        }

        var rates = await ExchangeRates.ForAsync(arguments.Run, cancellationToken).ConfigureAwait(false);
        return
        [
            new("isocurrencycode", arguments.Key),
            new("currencyname", arguments.Key),
            new("currencysymbol", arguments.Key),
            new("currencyprecision", FieldValue.Integer(StandardPrecision)),
            new("exchangerate", FieldValue.Decimal(rates.PerBaseUnit(arguments.Key.ToString()))),
        ];
    }

    // "2:3" means at least two and at most three decimals.
    private static int PrecisionOf(string decimalPlaces)
    {
        var maximum = decimalPlaces.AsSpan(decimalPlaces.LastIndexOf(':') + 1);
        return int.TryParse(maximum, NumberStyles.None, CultureInfo.InvariantCulture, out var places)
            ? Math.Min(places, 10)
            : StandardPrecision;
    }
}
