using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Checks what only the service can tell. It sends no write.</summary>
internal sealed class Diagnosis(ServiceConnection service, TableCatalog catalog, BusinessCentralOptions options)
{
    public async Task<IReadOnlyList<DiagnosisFinding>> RunAsync(DiagnosisQuery query, CancellationToken cancellationToken)
    {
        var (company, time) = await service.FindCompanyAsync(cancellationToken).ConfigureAwait(false);
        var findings = new List<DiagnosisFinding>
        {
            query.CompareClock(ServiceConnection.SystemName, time),
            CompanyOf(company),
        };
        findings.AddRange(Settings());
        foreach (var table in query.Tables.Where(table => table.IsWritten))
        {
            var definition = await TryReadAsync(table.Name, findings, cancellationToken).ConfigureAwait(false);
            if (definition?.Schema is { IsWritable: true } schema)
            {
                findings.AddRange(FindWrites(table, schema));
            }
        }

        return findings;
    }

    private static IEnumerable<DiagnosisFinding> FindWrites(DiagnosedTable table, TableSchema schema)
    {
        yield return Finding(FindingSeverity.Information, DiagnosisArea.Rights, DiagnosisCodes.RightsNotTold) with
        {
            Table = table.Name,
            Message = $"Business Central does not tell whether the caller may create and change records of '{table.Name}'. The first "
                + "write will.",
        };
        if (schema.BusinessKeyField is not { } key || schema.Find(key)?.IsRequired == true)
        {
            // A code has no number series. The mapping or a rule supplies it.
            yield break;
        }

        if (!table.WrittenFields.Contains(key))
        {
            yield return Finding(FindingSeverity.Information, DiagnosisArea.Numbering, DiagnosisCodes.NumberSeriesNotTold) with
            {
                Table = table.Name,
                Field = key,
                Message = $"New records of '{table.Name}' get their '{key}' from a number series of Business Central, which the API does "
                    + "not show. Without a series with default numbers, they cannot be created.",
            };
        }
        else
        {
            yield return Finding(FindingSeverity.Information, DiagnosisArea.Numbering, DiagnosisCodes.NumberSeriesNotTold) with
            {
                Table = table.Name,
                Field = key,
                Message = $"New records of '{table.Name}' are given their '{key}'. If it is blank, a number series must assign it; if "
                    + "it is not, the series must allow manual numbers. The API shows neither.",
            };
        }
    }

    private DiagnosisFinding CompanyOf(Company company) =>
        Finding(FindingSeverity.Information, DiagnosisArea.Company, DiagnosisCodes.CompanyFound) with
        {
            Message = Guid.TryParse(service.ConfiguredCompany, out _)
                ? $"Business Central: the connector uses company '{company.Name}' ({company.Id:D})."
                : $"Business Central: the connector uses company '{company.Name}' ({company.Id:D}), which the options name by its name. "
                    + "The id survives a renamed company.",
        };

    private Task<TableDefinition?> TryReadAsync(
        string table, List<DiagnosisFinding> findings, CancellationToken cancellationToken) =>
        TableReading.TryAsync(table, () => catalog.GetAsync(table, cancellationToken).AsTask(), findings);

    private IEnumerable<DiagnosisFinding> Settings()
    {
        if (!options.CountsBatchParts)
        {
            yield return Setting(
                nameof(options.CountsBatchParts),
                "A batch counts as one request. If the service counts its parts, it throttles the account.");
        }

        yield return Setting(
            nameof(options.ChangeOverlap),
            "Changes of a transaction that takes longer than this are found by the next scan of all ids only.");
        yield return Setting(
            nameof(options.PassingErrorTexts),
            "Passing errors, such as deadlocks, are known by their English texts. A server that answers in another language needs "
            + "its texts here.");
    }

    private static DiagnosisFinding Setting(string name, string text) =>
        Finding(FindingSeverity.Information, DiagnosisArea.Settings, DiagnosisCodes.UnverifiedSetting) with
        {
            Field = name,
            Message = $"Business Central: {nameof(BusinessCentralOptions)}.{name}: {text}",
        };

    private static DiagnosisFinding Finding(FindingSeverity severity, DiagnosisArea area, string code) =>
        new() { Severity = severity, Area = area, Code = code, Message = string.Empty };
}
