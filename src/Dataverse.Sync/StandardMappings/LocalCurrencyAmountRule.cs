namespace Dataverse.Sync;

/// <summary>
/// Converts an amount in the local currency of Business Central to the currency of the Dataverse row, and back.
/// </summary>
/// <remarks>
/// <para>In Dataverse, all amounts of a row are in the currency of the row (<c>transactioncurrencyid</c>); a credit limit
/// in Business Central is in the local currency. The amount is multiplied by the exchange rate of the row's currency,
/// divided by that of the local currency, both as Dataverse has them, and rounded to the precision of the row's currency.
/// On the way back it is divided. The rates are read with one request per run that writes such an amount.</para>
/// <para>The amount is converted whenever something of the record is written. A new exchange rate alone writes nothing.
/// If a rate is missing, the amount is left out, and an error of the job says so.</para>
/// </remarks>
/// <param name="localField">The field in Business Central.</param>
/// <param name="integrationField">The column in Dataverse.</param>
public sealed class LocalCurrencyAmountRule(string localField, string integrationField) : ISyncRule
{
    private const string CurrencyColumn = "transactioncurrencyid";
    private const int LocalDecimals = 2;

    private readonly HomeCurrencies homes = new();

    /// <summary>The field in Business Central.</summary>
    public string LocalField => localField;

    /// <summary>The column in Dataverse.</summary>
    public string IntegrationField => integrationField;

    /// <inheritdoc/>
    public IReadOnlyList<string> RequiredFields(IIntegrationTableMapping mapping, SyncSide side) =>
        side == SyncSide.Local ? [localField] : [integrationField, CurrencyColumn];

    /// <inheritdoc/>
    public async ValueTask FieldsTransferredAsync(
        FieldsTransferredArguments arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var isForward = arguments.Target == SyncSide.Integration;
        var (from, to) = isForward ? (localField, integrationField) : (integrationField, localField);
        if (arguments.Source is not { } source || !IsSynchronized(arguments))
        {
            return;
        }

        if (!Travels(arguments, from, to, isForward))
        {
            arguments.Remove(to);
        }
        else if (source[from] is { IsBlank: false } amount && amount.AsDecimal() != 0)
        {
            await ConvertAsync(arguments, amount.AsDecimal(), to, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsSynchronized(FieldsTransferredArguments arguments)
    {
        // Called for every record: an enumerator and a closure would be allocated each time.
        var fields = arguments.Run.Mapping.Fields;
        for (var index = 0; index < fields.Count; index++)
        {
            if (fields[index] is { IsEnabled: true } field
                && field.LocalField == localField
                && field.IntegrationField == integrationField
                && field.Direction.ReachesSide(arguments.Target))
            {
                return true;
            }
        }

        return false;
    }

    // Without an edit, the two figures differ because one is converted; or because the rate has moved since. An edit to
    // the very figure that the other side has in its own currency is not planned, because the two seem to agree.
    private static bool Travels(FieldsTransferredArguments arguments, string from, string to, bool isForward) =>
        arguments.Kind == WriteKind.Insert
        || (isForward && arguments.Fields.Count > (arguments.Writes(to) ? 1 : 0))
        || (arguments.HasSourceChanged(from) && (arguments.Writes(to) || !arguments.HasTargetChanged(to)))
        || (arguments.Writes(to) && arguments.HasTargetChanged(to));

    private static Guid? CurrencyOf(FieldsTransferredArguments arguments)
    {
        var row = arguments.Target == SyncSide.Integration ? arguments.Existing : arguments.Source;
        var written = arguments.Target == SyncSide.Integration
            ? arguments.Fields.ValueOf(CurrencyColumn)
            : null;
        var value = written ?? row?[CurrencyColumn] ?? FieldValue.Blank;
        return value.IsBlank ? null : value.AsIdentifier();
    }

    private async ValueTask ConvertAsync(
        FieldsTransferredArguments arguments, decimal amount, string to, CancellationToken cancellationToken)
    {
        var run = arguments.Run;
        var localCode = await homes.LocalAsync(run, cancellationToken).ConfigureAwait(false);
        var currency = CurrencyOf(arguments) is { } id
            ? await IntegrationCurrencies.FindAsync(run, id, cancellationToken).ConfigureAwait(false)
            : null;
        var all = await IntegrationCurrencies.ForAsync(run, cancellationToken).ConfigureAwait(false);
        if (IsSame(currency, localCode))
        {
            Write(arguments, to, amount);
        }
        else if (await RateOfAsync(run, currency, cancellationToken).ConfigureAwait(false) is { } rate
            && await RateOfAsync(run, all.Find(localCode), cancellationToken).ConfigureAwait(false) is { } localRate)
        {
            Write(arguments, to, arguments.Target == SyncSide.Integration
                ? Rounded(amount * rate / localRate, Math.Clamp(currency!.Precision, 0, 10))
                : Rounded(amount * localRate / rate, LocalDecimals));
        }
        else
        {
            arguments.Remove(to);
            arguments.Report(to, MessageFor(currency, localCode));
        }
    }

    private static decimal Rounded(decimal amount, int decimals) =>
        Math.Round(amount, decimals, MidpointRounding.AwayFromZero);

    // The base currency has the rate 1 by definition.
    private async ValueTask<decimal?> RateOfAsync(
        SyncRunContext run, IntegrationCurrency? currency, CancellationToken cancellationToken)
    {
        if (currency is null or { Rate: not null })
        {
            return currency?.Rate;
        }

        try
        {
            var code = await homes.BaseAsync(run, cancellationToken).ConfigureAwait(false);
            return IsSame(currency, code) ? 1 : null;
        }
        catch (SyncRuleException)
        {
            return null;
        }
    }

    // An amount that is not planned is written with the rest of the record, unless somebody edited it in the target.
    private static void Write(FieldsTransferredArguments arguments, string to, decimal amount)
    {
        var value = FieldValue.Decimal(amount);
        if (arguments.Existing is { } existing && Fingerprint.Of(existing[to]) == Fingerprint.Of(value))
        {
            arguments.Remove(to);
        }
        else if (arguments.Writes(to) || !arguments.HasTargetChanged(to))
        {
            arguments.Set(to, value);
        }
    }

    private static bool IsSame(IntegrationCurrency? currency, string localCode) =>
        currency is not null && string.Equals(currency.Code, localCode, StringComparison.OrdinalIgnoreCase);

    private static string MessageFor(IntegrationCurrency? currency, string localCode) => currency switch
    {
        null => "The amount was left out, because the currency of the row is not known.",
        { Rate: null } => $"The amount was left out, because Dataverse has no exchange rate for '{currency.Code}'.",
        _ => $"The amount was left out, because Dataverse has no exchange rate for the local currency '{localCode}'.",
    };
}
