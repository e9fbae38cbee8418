namespace Dataverse.Sync;

/// <summary>Finds out in which currencies both systems keep their amounts, and which currencies have no exchange rate.</summary>
internal sealed class CurrencyDiagnosis(SyncRunContext run, HomeCurrencies homes)
{
    private const string Currencies = "currencies";

    public async Task<IReadOnlyList<DiagnosisFinding>> FindAsync(CancellationToken cancellationToken)
    {
        var local = await homes.LocalAsync(run, cancellationToken).ConfigureAwait(false);
        var unit = await homes.BaseAsync(run, cancellationToken).ConfigureAwait(false);
        var findings = new List<DiagnosisFinding> { Bases(local, unit) };
        var rates = await ExchangeRates.ForAsync(run, homes, cancellationToken).ConfigureAwait(false);
        var query = new FieldQuery { Table = Currencies, Fields = ["code"], Field = "code" };
        var rows = await run.Local.FindAsync(query, cancellationToken).ConfigureAwait(false);
        var missing = rows.Select(row => row["code"].ToString()).Append(local).Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(code => code.Length > 0 && rates.TryPerBaseUnit(code) is null).ToList();
        findings.AddRange(missing.Select(code => Missing(
            SyncSide.Local, $"Business Central has no valid exchange rate from '{code}' to '{unit}', the base currency of the "
                + "organization. The currency cannot be synchronized.")));
        var there = await IntegrationCurrencies.ForAsync(run, cancellationToken).ConfigureAwait(false);
        findings.AddRange(there.All.Where(currency => currency.Rate is null && !rates.IsBase(currency.Code)).Select(currency =>
            Missing(SyncSide.Integration, $"Dataverse has no exchange rate for '{currency.Code}'. Amounts in it are left out.")));
        return findings;
    }

    private static DiagnosisFinding Bases(string local, string unit) => new()
    {
        Severity = local.Length == 0 ? FindingSeverity.Warning : FindingSeverity.Information,
        Area = DiagnosisArea.Currency,
        Code = DiagnosisCodes.BaseCurrencies,
        Message = local.Length == 0
            ? "The local currency of the company cannot be read. Amounts in it are not converted."
            : $"The company keeps its amounts in '{local}', the organization in '{unit}'.",
    };

    private static DiagnosisFinding Missing(SyncSide side, string message) => new()
    {
        Severity = FindingSeverity.Warning,
        Area = DiagnosisArea.Currency,
        Code = DiagnosisCodes.ExchangeRateMissing,
        Message = message,
        Side = side,
    };
}
