using Dataverse.Sync.Shared;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Checks what only the environment can tell. It sends no write.</summary>
internal sealed class Diagnosis(
    ServiceConnection service, BatchSender batches, TableCatalog catalog, OrganizationServiceOptions options)
{
    public async Task<IReadOnlyList<DiagnosisFinding>> RunAsync(DiagnosisQuery query, CancellationToken cancellationToken)
    {
        var answer = await service.ExecuteAsync(MetadataRequests.WhoAmI(), "ask who the caller is", cancellationToken)
            .ConfigureAwait(false);
        var findings = new List<DiagnosisFinding> { query.CompareClock(service.Name, time: null) };
        findings.AddRange(new SettingCheck(service.Name, nameof(OrganizationServiceOptions)).Find(
            options.TrustOwnIdsInCreateMultiple, options.WritableFullNames.Count > 0));
        var known = new List<DiagnosedTable>();
        var columns = new ColumnCheck(service.Name, options.ChangeTracking == ChangeTracking.Automatic);
        foreach (var table in query.Tables)
        {
            var read = TableReading.TryAsync(
                table.Name, () => catalog.GetAsync(table.Name, cancellationToken).AsTask(), findings);
            if (await read.ConfigureAwait(false) is { } definition)
            {
                known.Add(table);
                findings.AddRange(columns.Find(table, definition));
            }
        }

        if (CallerAnswer.Of(answer).User is { } user)
        {
            var reader = new PrivilegeReader(service, batches);
            findings.AddRange(await new PrivilegeCheck(service.Name).FindAsync(
                known,
                () => reader.ReadHeldAsync(user, cancellationToken),
                () => reader.ReadExistingAsync(known, cancellationToken)).ConfigureAwait(false));
        }

        return findings;
    }
}
