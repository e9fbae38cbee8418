namespace Dataverse.Sync.Execution;

/// <summary>Turns what validation says about a mapping into findings.</summary>
internal static class MappingCheck
{
    public static IEnumerable<DiagnosisFinding> Of(CheckedMapping mapping)
    {
        foreach (var problem in mapping.Problems)
        {
            yield return Finding(mapping, FindingSeverity.Error, DiagnosisCodes.MappingInvalid, problem);
        }

        if (mapping.Failure is { } failure)
        {
            var finding = FailedCheck.Of(failure, $"Mapping '{mapping.Name}' could not be validated.");
            yield return finding with { Mapping = mapping.Name };
        }

        var unreadable = mapping.Compiled is { } compiled ? ReadabilityWarnings.Of(compiled).ToList() : [];
        foreach (var warning in mapping.Warnings)
        {
            var isUnreadable = unreadable.Contains(warning);
            var code = isUnreadable ? DiagnosisCodes.FieldUnreadable : DiagnosisCodes.MappingWarning;
            yield return Finding(mapping, FindingSeverity.Warning, code, warning.Message) with
            {
                Area = isUnreadable ? DiagnosisArea.ColumnSecurity : DiagnosisArea.Mapping,
                Field = warning.FieldMapping?.Value,
            };
        }
    }

    private static DiagnosisFinding Finding(CheckedMapping mapping, FindingSeverity severity, string code, string message) =>
        new()
        {
            Severity = severity,
            Area = DiagnosisArea.Mapping,
            Code = code,
            Message = message,
            Mapping = mapping.Name,
        };
}
