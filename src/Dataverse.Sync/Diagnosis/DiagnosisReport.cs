using System.Globalization;
using System.Text;

namespace Dataverse.Sync;

/// <summary>The result of a diagnosis.</summary>
public sealed record DiagnosisReport
{
    private const int LongestRecordList = 5;

    /// <summary>The findings, the most severe first.</summary>
    public required IReadOnlyList<DiagnosisFinding> Findings { get; init; }

    /// <summary>When the diagnosis began, by the clock of the engine.</summary>
    public required DateTimeOffset StartedOn { get; init; }

    /// <summary>Whether a finding is an error.</summary>
    public bool HasErrors => CountOf(FindingSeverity.Error) > 0;

    /// <summary>Counts the findings of a severity.</summary>
    /// <param name="severity">The severity.</param>
    /// <returns>The number of findings.</returns>
    public int CountOf(FindingSeverity severity) => Findings.Count(finding => finding.Severity == severity);

    /// <summary>Returns the report for people. It contains no values of records.</summary>
    /// <returns>The report, of several lines.</returns>
    public string ToReport()
    {
        var report = new StringBuilder();
        _ = report.AppendLine(
            CultureInfo.InvariantCulture,
            $"{CountOf(FindingSeverity.Error)} errors, {CountOf(FindingSeverity.Warning)} warnings, "
            + $"{CountOf(FindingSeverity.Information)} notes");
        foreach (var finding in Findings)
        {
            _ = report.Append(WordOf(finding.Severity)).Append("  ").Append(finding.Area).Append("  ").Append(finding.Code);
            _ = PlaceOf(finding) is { Length: > 0 } place ? report.Append("  ").AppendLine(place) : report.AppendLine();
            _ = report.Append("         ").AppendLine(finding.Message);
            if (finding.Records.Count > 0)
            {
                _ = report.Append("         ").AppendLine(RecordsOf(finding));
            }
        }

        return report.ToString();
    }

    private static string WordOf(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "ERROR  ",
        FindingSeverity.Warning => "WARNING",
        _ => "NOTE   ",
    };

    private static string PlaceOf(DiagnosisFinding finding)
    {
        var place = finding.Field is null ? finding.Table : finding.Table is null ? finding.Field : $"{finding.Table}.{finding.Field}";
        return string.Join("  ", new[] { finding.Mapping, place }.OfType<string>());
    }

    private static string RecordsOf(DiagnosisFinding finding)
    {
        var listed = finding.Records.Take(LongestRecordList).Select(record => $"{record.Side.Word()} {record.Id:D}");
        var more = finding.Records.Count > LongestRecordList ? ", …" : string.Empty;
        return string.Join(", ", listed) + more;
    }
}
