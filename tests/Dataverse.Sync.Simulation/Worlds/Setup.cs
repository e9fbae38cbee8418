namespace Dataverse.Sync.Simulation;

/// <summary>What administrators have stored about the mappings of a company; the truth against which the engine's is checked.</summary>
internal sealed record Setup
{
    /// <summary>The direction of the memo; null while its field mapping is switched off.</summary>
    public SyncDirection? Memo { get; init; } = SyncDirection.Bidirectional;

    /// <summary>The policy for conflicts; null for the default of the mapping.</summary>
    public UpdateConflictPolicy? Conflicts { get; init; }

    /// <summary>Whether the options without counterpart are paired.</summary>
    public bool PairsOther { get; init; }

    /// <summary>The number in the values of the templates.</summary>
    public int Edition { get; init; }

    /// <summary>The last number that was used for the values of templates.</summary>
    public int LastEdition { get; init; }

    /// <summary>Since when a mapping has been switched off, by its name.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Off { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>Since when the stored override of the customers has been unreadable; null if it is not.</summary>
    public DateTimeOffset? DamagedOn { get; init; }

    /// <summary>Whether every mapping runs.</summary>
    public bool RunsAll => Off.Count == 0 && DamagedOn is null;

    /// <summary>Whether a mapping has not been allowed to run since before a time.</summary>
    public bool ForbidsSince(string mapping, DateTimeOffset time) =>
        (Off.TryGetValue(mapping, out var off) && off < time) || (mapping == Tables.Customer && DamagedOn < time);

    public Setup With(string mapping, DateTimeOffset? off)
    {
        var all = Off.Where(item => item.Key != mapping).ToDictionary();
        if (off is { } time)
        {
            all.Add(mapping, time);
        }

        return this with { Off = all };
    }
}
