using System.Text.Json;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Checks what only the environment can tell. It sends no write.</summary>
internal sealed class Diagnosis(ServiceConnection service, BatchSender batches, TableCatalog catalog, WebApiOptions options)
{
    private const string Operation = "ask who the caller is";

    public async Task<IReadOnlyList<DiagnosisFinding>> RunAsync(DiagnosisQuery query, CancellationToken cancellationToken)
    {
        var call = HttpCall.Get(service.Addresses.Absolute("WhoAmI"), Operation);
        using var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        var answer = outcome.Answer ?? throw outcome.Failure!;
        var findings = new List<DiagnosisFinding> { query.CompareClock(service.Name, answer.Date) };
        findings.AddRange(Settings());
        var caller = service.Guarded(
            Operation, () => JsonSerializer.Deserialize(answer.Body.Span, MetadataJson.Default.CallerRow)?.UserId);
        var known = new List<DiagnosedTable>();
        var columns = new ColumnCheck(service.Name, options);
        foreach (var table in query.Tables)
        {
            if (await TryReadAsync(table.Name, findings, cancellationToken).ConfigureAwait(false) is { } definition)
            {
                known.Add(table);
                findings.AddRange(columns.Find(table, definition));
            }
        }

        if (caller is { } user)
        {
            var privileges = new PrivilegeCheck(service, batches);
            findings.AddRange(await privileges.FindAsync(user, known, cancellationToken).ConfigureAwait(false));
        }

        return findings;
    }

    private Task<TableDefinition?> TryReadAsync(
        string table, List<DiagnosisFinding> findings, CancellationToken cancellationToken) =>
        TableReading.TryAsync(table, () => catalog.GetAsync(table, cancellationToken).AsTask(), findings);

    private IEnumerable<DiagnosisFinding> Settings()
    {
        if (options.TrustOwnIdsInCreateMultiple)
        {
            yield return Setting(
                nameof(options.TrustOwnIdsInCreateMultiple),
                "New rows are created in bulk with chosen ids. If the service ignores the ids, the connector notices it and creates "
                + "rows one by one.");
        }

        if (options.WritableFullNames.Count > 0)
        {
            yield return Setting(
                nameof(options.WritableFullNames),
                "A full name is written by its parts. Names that do not split as the organization joins them come back otherwise.");
        }

        yield return Setting(
            nameof(options.ModifiedOnOverlap),
            "Where change tracking is off, changes that are committed later than this after their stamp are found by the next "
            + "scan only.");
    }

    private DiagnosisFinding Setting(string name, string text) => new()
    {
        Severity = FindingSeverity.Information,
        Area = DiagnosisArea.Settings,
        Code = DiagnosisCodes.UnverifiedSetting,
        Field = name,
        Message = $"{service.Name}: {nameof(WebApiOptions)}.{name}: {text}",
    };
}
