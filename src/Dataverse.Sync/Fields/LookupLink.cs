namespace Dataverse.Sync;

/// <summary>A local table that leads from the value of a field to the id of the record that it refers to.</summary>
/// <remarks>
/// In Business Central, contact business relations lead from the number of a company contact to a customer or vendor.
/// </remarks>
/// <param name="Table">The local link table.</param>
/// <param name="KeyField">The field of the link table that equals the value of the mapped field.</param>
/// <param name="TargetField">The field of the link table that contains the id of the referenced record.</param>
public sealed record LookupLink(string Table, string KeyField, string TargetField)
{
    /// <summary>The rows of the link table to use, or null for all.</summary>
    public RecordFilter? Filter { get; init; }

    /// <summary>
    /// The field of the link table whose value selects the mapping of a row, or null if every row belongs to the first
    /// mapping.
    /// </summary>
    public string? DiscriminatorField { get; init; }

    /// <summary>
    /// The name of the mapping for each value of <see cref="DiscriminatorField"/>, such as CUSTOMER for "Customer".
    /// </summary>
    /// <remarks>
    /// Rows with another value, and rows whose mapping is not in <see cref="LookupMapping.Via"/>, are ignored.
    /// </remarks>
    public IReadOnlyDictionary<string, string> MappingByValue { get; init; } = new Dictionary<string, string>();

    /// <summary>Every field of the link table that a look-up reads, each once.</summary>
    /// <param name="filterFields">The fields that the filter reads, as the table names them.</param>
    internal IReadOnlyList<string> AllFields(IReadOnlyList<string> filterFields)
    {
        string[] named = DiscriminatorField is null
            ? [KeyField, TargetField]
            : [KeyField, TargetField, DiscriminatorField];
        return [.. named.Concat(filterFields).Distinct(StringComparer.Ordinal)];
    }
}
