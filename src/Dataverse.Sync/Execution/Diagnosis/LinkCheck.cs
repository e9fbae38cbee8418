namespace Dataverse.Sync.Execution;

/// <summary>Reports couplings of a mapping that contradict those of other mappings over the same tables.</summary>
internal static class LinkCheck
{
    public static async Task<List<DiagnosisFinding>> FindAsync(
        EngineServices services, string mapping, CancellationToken cancellationToken)
    {
        var key = services.KeyOf(mapping);
        var findings = new List<DiagnosisFinding>();
        foreach (var (other, links) in await services.Store.Others.FindContradictionsAsync(key, cancellationToken).ConfigureAwait(false))
        {
            findings.Add(new()
            {
                Severity = FindingSeverity.Warning,
                Area = DiagnosisArea.Mapping,
                Code = DiagnosisCodes.ContradictingLinks,
                Mapping = mapping,
                Count = links.Count,
                Message = $"Mappings '{mapping}' and '{other}' are over the same tables, but couple {links.Count} records with "
                    + "different partners. Each mapping keeps its own. Uncouple the pairs that are wrong, for example that of "
                    + $"local record {links[0].LocalId} in mapping '{mapping}'.",
            });
        }

        return findings;
    }
}
