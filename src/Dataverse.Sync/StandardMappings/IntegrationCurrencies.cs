namespace Dataverse.Sync;

/// <summary>The currencies of Dataverse with their rates, read with one request per run that needs them.</summary>
internal sealed class IntegrationCurrencies(IReadOnlyList<IntegrationCurrency> currencies)
{
    private const string Table = "transactioncurrency";
    private const int StandardPrecision = 2;

    private readonly Dictionary<Guid, IntegrationCurrency> byId = FirstBy(currencies, currency => currency.Id, null);
    private readonly Dictionary<string, IntegrationCurrency> byCode =
        FirstBy(currencies, currency => currency.Code, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<IntegrationCurrency> All => currencies;

    public static async ValueTask<IntegrationCurrencies> ForAsync(
        SyncRunContext run, CancellationToken cancellationToken) =>
        run.Items.TryGetValue(typeof(IntegrationCurrencies), out var known)
            ? (IntegrationCurrencies)known
            : await ReadAsync(run, cancellationToken).ConfigureAwait(false);

    /// <summary>Finds a currency. One that was created during the run is found by reading again.</summary>
    public static async ValueTask<IntegrationCurrency?> FindAsync(
        SyncRunContext run, Guid id, CancellationToken cancellationToken)
    {
        var known = await ForAsync(run, cancellationToken).ConfigureAwait(false);
        return known.Find(id)
            ?? (await ReadAsync(run, cancellationToken).ConfigureAwait(false)).Find(id);
    }

    public IntegrationCurrency? Find(Guid id) => byId.GetValueOrDefault(id);

    public IntegrationCurrency? Find(string code) => byCode.GetValueOrDefault(code);

    private static async Task<IntegrationCurrencies> ReadAsync(SyncRunContext run, CancellationToken cancellationToken)
    {
        var query = new FieldQuery
        {
            Table = Table,
            Fields = ["isocurrencycode", "exchangerate", "currencyprecision"],
            Field = "isocurrencycode",
        };
        var rows = await run.Integration.FindAsync(query, cancellationToken).ConfigureAwait(false);
        var read = new IntegrationCurrencies([.. rows.Select(Create)]);
        run.Items[typeof(IntegrationCurrencies)] = read;
        return read;
    }

    private static Dictionary<TKey, IntegrationCurrency> FirstBy<TKey>(
        IReadOnlyList<IntegrationCurrency> currencies, Func<IntegrationCurrency, TKey> keyOf, IEqualityComparer<TKey>? comparer)
        where TKey : notnull
    {
        var found = new Dictionary<TKey, IntegrationCurrency>(comparer);
        foreach (var currency in currencies)
        {
            _ = found.TryAdd(keyOf(currency), currency);
        }

        return found;
    }

    private static IntegrationCurrency Create(TableRecord row)
    {
        var rate = row["exchangerate"];
        var precision = row["currencyprecision"];
        return new(
            row.Id,
            row["isocurrencycode"].ToString(),
            rate.IsBlank || rate.AsDecimal() == 0 ? null : rate.AsDecimal(),
            precision.IsBlank ? StandardPrecision : (int)precision.AsInteger());
    }
}
