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
        findings.AddRange(new SettingCheck(service.Name, nameof(WebApiOptions)).Find(
            options.TrustOwnIdsInCreateMultiple, options.WritableFullNames.Count > 0));
        var caller = service.Guarded(
            Operation, () => JsonSerializer.Deserialize(answer.Body.Span, MetadataJson.Default.CallerRow)?.UserId);
        var known = new List<DiagnosedTable>();
        var columns = new ColumnCheck(service.Name, options.ChangeTracking == ChangeTracking.Automatic);
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
            var reader = new PrivilegeReader(service, batches);
            findings.AddRange(await new PrivilegeCheck(service.Name).FindAsync(
                known,
                () => reader.ReadHeldAsync(user, cancellationToken),
                () => reader.ReadExistingAsync(known, cancellationToken)).ConfigureAwait(false));
        }

        return findings;
    }

    private Task<TableDefinition?> TryReadAsync(
        string table, List<DiagnosisFinding> findings, CancellationToken cancellationToken) =>
        TableReading.TryAsync(table, () => catalog.GetAsync(table, cancellationToken).AsTask(), findings);
}
