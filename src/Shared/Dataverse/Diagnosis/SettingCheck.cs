namespace Dataverse.Sync.Shared;

/// <summary>Names the settings of a connector that rest on behavior nobody has verified.</summary>
/// <param name="system">The name of the system for people.</param>
/// <param name="options">The name of the type of the options.</param>
internal sealed class SettingCheck(string system, string options)
{
    /// <summary>The settings.</summary>
    /// <param name="trustsOwnIds">Whether CreateMultiple is given our own ids.</param>
    /// <param name="writesFullNames">Whether full names are written.</param>
    public IEnumerable<DiagnosisFinding> Find(bool trustsOwnIds, bool writesFullNames)
    {
        if (trustsOwnIds)
        {
            yield return Setting(
                "TrustOwnIdsInCreateMultiple",
                "New rows are created in bulk with chosen ids. If the service ignores the ids, the connector notices it and creates "
                + "rows one by one.");
        }

        if (writesFullNames)
        {
            yield return Setting(
                "WritableFullNames",
                "A full name is written by its parts. Names that do not split as the organization joins them come back otherwise.");
        }

        yield return Setting(
            "ModifiedOnOverlap",
            "Where change tracking is off, changes that are committed later than this after their stamp are found by the next "
            + "scan only.");
    }

    private DiagnosisFinding Setting(string name, string text) => new()
    {
        Severity = FindingSeverity.Information,
        Area = DiagnosisArea.Settings,
        Code = DiagnosisCodes.UnverifiedSetting,
        Field = name,
        Message = $"{system}: {options}.{name}: {text}",
    };
}
