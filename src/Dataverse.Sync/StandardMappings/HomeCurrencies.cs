using System.Collections.Concurrent;

namespace Dataverse.Sync;

/// <summary>
/// The currency of the company and that of the organization, and the decimals of the organization's rates. They do not
/// change, so that each is read once per scope.
/// </summary>
internal sealed class HomeCurrencies
{
    private readonly ConcurrentDictionary<string, string> locals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> bases = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> decimals = new(StringComparer.Ordinal);

    /// <summary>The code of the company's currency.</summary>
    public async ValueTask<string> LocalAsync(SyncRunContext run, CancellationToken cancellationToken) =>
        locals.TryGetValue(run.Scope.Name, out var known)
            ? known
            : locals[run.Scope.Name] = await ReadLocalAsync(run.Local, cancellationToken).ConfigureAwait(false);

    /// <summary>The code of the organization's base currency.</summary>
    public async ValueTask<string> BaseAsync(SyncRunContext run, CancellationToken cancellationToken) =>
        bases.TryGetValue(run.Scope.Name, out var known)
            ? known
            : bases[run.Scope.Name] = await ReadBaseAsync(run, cancellationToken).ConfigureAwait(false);

    /// <summary>The number of decimals of an exchange rate in Dataverse.</summary>
    public async ValueTask<int> DecimalsAsync(SyncRunContext run, CancellationToken cancellationToken) =>
        decimals.TryGetValue(run.Scope.Name, out var known)
            ? known
            : decimals[run.Scope.Name] =
                await ExchangeRateDecimals.OfAsync(run.Integration, cancellationToken).ConfigureAwait(false);

    private static async Task<string> ReadLocalAsync(ITableConnector local, CancellationToken cancellationToken)
    {
        var query = new FieldQuery
        {
            Table = "companyInformation",
            Fields = ["currencyCode"],
            Field = "currencyCode",
        };
        var rows = await local.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? string.Empty : rows[0]["currencyCode"].ToString();
    }

    private static async Task<string> ReadBaseAsync(SyncRunContext run, CancellationToken cancellationToken)
    {
        var query = new FieldQuery
        {
            Table = "organization",
            Fields = ["basecurrencyid"],
            Field = "basecurrencyid",
        };
        var organizations = await run.Integration.FindAsync(query, cancellationToken).ConfigureAwait(false);
        var currency = organizations.Count == 0 || organizations[0]["basecurrencyid"].IsBlank
            ? null
            : await IntegrationCurrencies
                .FindAsync(run, organizations[0]["basecurrencyid"].AsIdentifier(), cancellationToken)
                .ConfigureAwait(false);
        return currency?.Code ?? throw new SyncRuleException("The organization's base currency cannot be read.");
    }
}
