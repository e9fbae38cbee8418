namespace Dataverse.Sync;

/// <summary>
/// A local table that leads from the value of a field to the id of the record referred to, as Business Central's contact
/// business relations lead from a company contact's number to the customer.
/// </summary>
/// <param name="Table">The local table.</param>
/// <param name="KeyField">The field that equals the value of the mapped field.</param>
/// <param name="TargetField">The field that holds the id of the record referred to.</param>
public sealed record LookupLink(string Table, string KeyField, string TargetField)
{
    /// <summary>Which rows of the link table count; null for all.</summary>
    public RecordFilter? Filter { get; init; }

    /// <summary>The field of the link table that names which mapping a row leads through, with <see cref="MappingByValue"/>; null when one mapping is enough.</summary>
    public string? DiscriminatorField { get; init; }

    /// <summary>The mapping for each value of <see cref="DiscriminatorField"/>, such as "Customer" → CUSTOMER.</summary>
    public IReadOnlyDictionary<string, string> MappingByValue { get; init; } = new Dictionary<string, string>();

    /// <summary>Every field of the link table that a look-up reads, each once.</summary>
    internal IReadOnlyList<string> AllFields()
    {
        string[] named = DiscriminatorField is null ? [KeyField, TargetField] : [KeyField, TargetField, DiscriminatorField];
        return [.. named.Concat(Filter?.Fields ?? []).Distinct(StringComparer.Ordinal)];
    }
}
