namespace Dataverse.Sync.Shared;

/// <summary>Finds what the definition of a table says about change tracking, versions, companies, and secured columns.</summary>
internal sealed class ColumnCheck(string system, bool usesChangeTracking)
{
    private static readonly string[] CompanyColumns = ["bcbi_companyid", "msdyn_company", "msdyn_companyid"];

    public IEnumerable<DiagnosisFinding> Find(DiagnosedTable table, TableDefinition definition)
    {
        if (!definition.TracksChanges)
        {
            var isChosen = !usesChangeTracking;
            var severity = isChosen ? FindingSeverity.Information : FindingSeverity.Warning;
            yield return Finding(table, severity, DiagnosisArea.ChangeCapture, DiagnosisCodes.ChangeTrackingOff) with
            {
                Message = isChosen
                    ? $"{system}: changes of '{table.Name}' are read by modifiedon, as the options say."
                    : $"{system}: change tracking of '{table.Name}' is off. Changes are read by modifiedon, and deletions are found by "
                        + "scanning all ids. Switch it on in the properties of the table.",
            };
        }

        if (table.IsWritten && !definition.ChecksVersions)
        {
            yield return Finding(table, FindingSeverity.Warning, DiagnosisArea.ChangeCapture, DiagnosisCodes.VersionsNotChecked) with
            {
                Message = $"{system}: '{table.Name}' does not compare versions. An edit in the moment of a write is overwritten.",
            };
        }

        foreach (var column in CompanyColumns.Where(definition.Columns.ContainsKey))
        {
            yield return Finding(table, FindingSeverity.Information, DiagnosisArea.Company, DiagnosisCodes.CompanyColumnPresent) with
            {
                Field = column,
                Message = $"{system}: column '{column}' of '{table.Name}' says to which company a row belongs.",
            };
        }

        foreach (var finding in table.ReadFields.Union(table.WrittenFields).SelectMany(name => FindSecured(table, definition, name)))
        {
            yield return finding;
        }
    }

    private IEnumerable<DiagnosisFinding> FindSecured(DiagnosedTable table, TableDefinition definition, string name)
    {
        if (definition.Columns.GetValueOrDefault(name) is not { } column || definition.Schema.Find(name) is not { } field)
        {
            yield break;
        }

        if (definition.MaskedColumns?.Contains(name) == true)
        {
            yield return Finding(table, FindingSeverity.Warning, DiagnosisArea.ColumnSecurity, DiagnosisCodes.ColumnMasked) with
            {
                Field = name,
                Message = $"{system}: column '{name}' of '{table.Name}' shows a mask instead of its value. It takes no part.",
            };
        }

        if (!column.MayBeWithheld)
        {
            yield break;
        }

        var isWritten = table.WrittenFields.Contains(name);
        var mayUse = (field.CanRead || !table.ReadFields.Contains(name)) && (!isWritten || (field.CanInsert && field.CanUpdate));
        var severity = mayUse ? FindingSeverity.Information : FindingSeverity.Warning;
        yield return Finding(table, severity, DiagnosisArea.ColumnSecurity, DiagnosisCodes.ColumnSecured) with
        {
            Field = name,
            Message = $"{system}: column '{name}' of '{table.Name}' is secured. The caller may "
                + $"{Word(field.CanRead)}read, {Word(field.CanInsert)}create, and {Word(field.CanUpdate)}update it."
                + (field.CanRead ? " Column sharing may still withhold it in single rows." : string.Empty),
        };
        if (definition.MaskedColumns is null)
        {
            yield return Finding(table, FindingSeverity.Warning, DiagnosisArea.ColumnSecurity, DiagnosisCodes.MasksNotTold) with
            {
                Field = name,
                Message = $"{system}: the masking rules of '{table.Name}' cannot be read, so a secured text or number takes no part. "
                    + "The caller needs prvReadAttributeMaskingRule.",
            };
        }
    }

    private static string Word(bool may) => may ? string.Empty : "not ";

    private static DiagnosisFinding Finding(
        DiagnosedTable table, FindingSeverity severity, DiagnosisArea area, string code) => new()
        {
            Severity = severity,
            Area = area,
            Code = code,
            Message = string.Empty,
            Table = table.Name,
        };
}
