namespace Dataverse.Sync;

/// <summary>
/// Translates values through a table of one of the two systems, whose records contain the local value and the integration
/// value. Business Central: transformation rule of the type Field Lookup.
/// </summary>
/// <remarks>
/// The values of a page are looked up together, and each once per run. The rules of
/// <see cref="IFieldMapping.TransformationsToIntegration"/> are applied before. A value that several records give different
/// results for fails its record. Texts are compared without regard to letter case. A blank stays blank.
/// </remarks>
/// <param name="Side">The system with the table.</param>
/// <param name="Table">The table, as the connector of its side names it.</param>
/// <param name="LocalValue">The field of the table with the local value. It may be the id of its records.</param>
/// <param name="IntegrationValue">The field of the table with the integration value. It may be the id of its records.</param>
public sealed record TableLookup(SyncSide Side, string Table, string LocalValue, string IntegrationValue)
{
    /// <summary>The records of the table to use, or null for all.</summary>
    public RecordFilter? Filter { get; init; }

    /// <summary>What happens to a value that no record contains, or whose result is blank.</summary>
    /// <value>The default is <see cref="UnmappedValuePolicy.Fail"/>.</value>
    public UnmappedValuePolicy WhenUnmapped { get; init; }

    /// <summary>
    /// The integration value for a local value that is not found, with <see cref="UnmappedValuePolicy.UseDefault"/>; null if
    /// there is none.
    /// </summary>
    public FieldValue? DefaultForIntegration { get; init; }

    /// <summary>
    /// The local value for an integration value that is not found, with <see cref="UnmappedValuePolicy.UseDefault"/>; null if
    /// there is none.
    /// </summary>
    public FieldValue? DefaultForLocal { get; init; }

    /// <summary>The field that contains the value of a side.</summary>
    internal string FieldOf(SyncSide side) => side == SyncSide.Local ? LocalValue : IntegrationValue;

    internal FieldValue? DefaultFor(SyncSide side) => side == SyncSide.Local ? DefaultForLocal : DefaultForIntegration;

    /// <summary>Every field of the table that a look-up reads, each once.</summary>
    internal IReadOnlyList<string> AllFields() =>
        [.. new[] { LocalValue, IntegrationValue }.Concat(Filter?.Fields ?? []).Distinct(StringComparer.Ordinal)];
}
