namespace Dataverse.Sync.Execution;

/// <summary>
/// The records of circles of references. References to them are left blank at first, and set when the records exist.
/// </summary>
internal sealed class PostponedReferences
{
    private readonly HashSet<RecordInMapping> records = [];

    /// <summary>
    /// Whether all references that wait are left blank at first. This is the case while deleted records are created again.
    /// The records for which they wait may wait for them in turn, because their references lead to the deleted records.
    /// </summary>
    public bool IncludesAll { get; set; }

    public void AddRange(IEnumerable<RecordInMapping> circle) => records.UnionWith(circle);

    /// <summary>Whether a coupling that is awaited is that of a record in a circle.</summary>
    public bool Contains(AwaitedCoupling awaited) => IncludesAll
        || (records.Count > 0 && awaited.Mappings.Any(mapping => records.Contains(new(mapping, awaited.Record))));
}
