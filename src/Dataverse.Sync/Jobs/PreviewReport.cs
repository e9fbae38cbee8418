using System.Globalization;
using System.Text;

namespace Dataverse.Sync;

/// <summary>Prints what previews sum up. It contains counts and the names of fields, never values.</summary>
internal static class PreviewReport
{
    public static string Print(SyncPreview preview)
    {
        var report = new StringBuilder();
        foreach (var job in preview.Jobs)
        {
            _ = report.AppendLine(job.Key.Mapping);
            if (job.Status != SyncJobStatus.Finished)
            {
                Line(report, 1, "would not run to its end", job.Message ?? job.Status.ToString());
            }

            if (preview.Mappings.FirstOrDefault(mapping => mapping.Mapping == job.Key.Mapping) is { } found)
            {
                Print(report, found);
            }
        }

        return report.ToString();
    }

    private static void Print(StringBuilder report, MappingPreview mapping)
    {
        var matched = mapping.Matched.Sum(match => match.Count);
        Line(report, 1, "matched", Text(matched));
        foreach (var match in mapping.Matched)
        {
            Line(report, 2, Describe(match), Text(match.Count));
        }

        Line(report, 1, "doubtful", Text(mapping.Doubtful.Sum(doubt => doubt.Count)));
        foreach (var doubt in mapping.Doubtful)
        {
            Line(report, 2, $"{doubt.Code}: {doubt.Reason}", Text(doubt.Count));
        }

        Line(report, 1, "to be created on the local side", Text(mapping.CreatedLocally));
        Line(report, 1, "to be created on the integration side", Text(mapping.CreatedInIntegration));
        Line(report, 1, "values that would lose", Text(mapping.LosingValues.Count));
        foreach (var field in mapping.LosingValues.GroupBy(value => (value.FieldMapping, value.Side)))
        {
            Line(report, 2, $"{field.Key.FieldMapping}, {field.Key.Side.Word()} value", Text(field.LongCount()));
        }

        Line(report, 1, "local records outside the filter", Text(mapping.LocalOutsideFilter));
        Line(report, 1, "integration records outside the filter", Text(mapping.IntegrationOutsideFilter));
    }

    private static string Describe(MatchCount match) => match.Source switch
    {
        MatchSource.Rule => "by a rule",
        MatchSource.FormerPartner => "with a former partner",
        _ => "by " + string.Join(
            ", ", match.Group!.Fields.Select(field => $"{field.LocalField} = {field.IntegrationField}")),
    };

    private static string Text(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "not known";

    private static void Line(StringBuilder report, int level, string label, string text) =>
        _ = report.Append(' ', 2 * level).Append(label).Append(": ").AppendLine(text);
}
