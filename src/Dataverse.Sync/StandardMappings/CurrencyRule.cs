using System.Collections.Concurrent;
using System.Globalization;

namespace Dataverse.Sync;

/// <summary>Fills the columns of a currency that Dataverse requires and Business Central stores elsewhere.</summary>
/// <remarks>
/// <para>These are the exchange rate, the precision, and a symbol. The rule also supplies the values of the local
/// currency, which is blank in Business Central, when a record refers to it.</para>
/// <para>A new exchange rate does not change the currency in Business Central. Each run of the mapping therefore reads
/// the rates and looks at the currencies whose rate in Dataverse is another one.</para>
/// </remarks>
internal sealed class CurrencyRule : ISyncRule
{
    private const string Currencies = "currencies";
    private const string Precision = "amountDecimalPlaces";
    private const string Rate = "exchangerate";
    private const int StandardPrecision = 2;

    private readonly HomeCurrencies homes = new();
    private readonly ConcurrentDictionary<string, SeenRates> seen = new(StringComparer.Ordinal);

    public IReadOnlyList<string> RequiredFields(IIntegrationTableMapping mapping, SyncSide side)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return mapping.LocalTable != Currencies ? [] : side == SyncSide.Local ? [Precision] : [Rate];
    }

    public async ValueTask<IReadOnlyList<DiagnosisFinding>> DiagnoseAsync(
        SyncRunContext run, CancellationToken cancellationToken) => run.Mapping.LocalTable == Currencies
            ? await new CurrencyDiagnosis(run, homes).FindAsync(cancellationToken).ConfigureAwait(false)
            : [];

    public async ValueTask<IReadOnlyList<RecordKey>> RecordsWantedAsync(
        RecordsWantedArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Run.Mapping.LocalTable != Currencies)
        {
            return [];
        }

        var rates = await ExchangeRates.ForAsync(arguments.Run, homes, cancellationToken).ConfigureAwait(false);
        var known = await SeenAsync(arguments, cancellationToken).ConfigureAwait(false);
        var changed = known.Changed(rates);
        if (changed.Count == 0)
        {
            return [];
        }

        var query = new FieldQuery
        {
            Table = Currencies,
            Fields = ["code"],
            Field = "code",
            Values = [.. changed.Select(FieldValue.Text)],
        };
        var rows = await arguments.Run.Local.FindAsync(query, cancellationToken).ConfigureAwait(false);
        known.Forget(changed.Except(rows.Select(row => row["code"].ToString()), StringComparer.OrdinalIgnoreCase));
        return [.. rows.Select(row => new RecordKey(SyncSide.Local, row.Id))];
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

        var rates = await ExchangeRates.ForAsync(arguments.Run, homes, cancellationToken).ConfigureAwait(false);
        var rate = FieldValue.Decimal(rates.PerBaseUnit(code));
        if (arguments.Existing is not { } existing || Fingerprint.Of(existing[Rate]) != Fingerprint.Of(rate))
        {
            arguments.Set(Rate, rate);
            MarkOutdated(arguments.Run);
        }

        if (arguments.Kind == WriteKind.Insert)
        {
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

        var rates = await ExchangeRates.ForAsync(arguments.Run, homes, cancellationToken).ConfigureAwait(false);
        return
        [
            new("isocurrencycode", arguments.Key),
            new("currencyname", arguments.Key),
            new("currencysymbol", arguments.Key),
            new("currencyprecision", FieldValue.Integer(StandardPrecision)),
            new(Rate, FieldValue.Decimal(rates.PerBaseUnit(arguments.Key.ToString()))),
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

    private void MarkOutdated(SyncRunContext run)
    {
        if (seen.TryGetValue(run.Scope.Name, out var known))
        {
            known.IsOutdated = true;
        }
    }

    // Dataverse's rates are read by the first run of a process, by full runs, and after they were to be changed.
    private async ValueTask<SeenRates> SeenAsync(RecordsWantedArguments arguments, CancellationToken cancellationToken)
    {
        var scope = arguments.Run.Scope.Name;
        if (arguments.Kind == SyncJobKind.Modified
            && seen.TryGetValue(scope, out var known)
            && !known.IsOutdated)
        {
            return known;
        }

        var currencies = await IntegrationCurrencies.ForAsync(arguments.Run, cancellationToken).ConfigureAwait(false);
        var read = new SeenRates(currencies);
        return arguments.Run.IsPreview ? read : seen[scope] = read;
    }
}
