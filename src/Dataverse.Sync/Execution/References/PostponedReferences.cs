namespace Dataverse.Sync.Execution;

/// <summary>
/// The records of circles of references. References to them are left blank at first, and set when the records exist.
/// </summary>
internal sealed class PostponedReferences
{
    private readonly HashSet<RecordInMapping> records = [];

    /// <summary>
    /// Whether every reference that waits is left blank at first. So it is while deleted records are created again: what
    /// they wait for may wait for them, and was refused because its reference led to the deleted record.
    /// </summary>
    public bool IncludesAll { get; set; }

    public void AddRange(IEnumerable<RecordInMapping> circle) => records.UnionWith(circle);

    /// <summary>Whether a coupling that is awaited is that of a record in a circle.</summary>
    public bool Contains(AwaitedCoupling awaited) => IncludesAll
        || (records.Count > 0 && awaited.Mappings.Any(mapping => records.Contains(new(mapping, awaited.Record))));
}
