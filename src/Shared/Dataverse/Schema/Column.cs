namespace Dataverse.Sync.Shared;

/// <summary>A column as the connector needs it to build requests and read answers.</summary>
/// <param name="Name">The logical name, which is the field's name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Targets">The tables that a lookup may refer to; empty where unknown.</param>
internal sealed record Column(string Name, FieldType Type, IReadOnlyList<LookupTarget> Targets)
{
    /// <summary>
    /// The type as the metadata name it, such as <c>Money</c>, or <see cref="ColumnTypes.MultiSelect"/>.
    /// </summary>
    public string ColumnType { get; init; } = string.Empty;

    /// <summary>The property that holds the value in answers and in queries of the Web API.</summary>
    public string WireName { get; } = Type == FieldType.Reference ? $"_{Name}_value" : Name;

    /// <summary>
    /// Whether the service may keep a value to itself, in all rows or in some, and leave the property out.
    /// </summary>
    public bool MayBeWithheld { get; init; }

    /// <summary>Whether only an annotation tells which table a value refers to.</summary>
    public bool NeedsAnnotation => Type == FieldType.Reference && Targets.Count != 1;

    /// <summary>The target by which a reference is written; null when the column cannot refer to it.</summary>
    public LookupTarget? TargetOf(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Reference => TargetNamed(value.ReferencedTable),
        FieldValueKind.Blank => Targets.Count > 0 ? Targets[0] : null,
        FieldValueKind.Identifier => Targets.Count == 1 ? Targets[0] : null,
        _ => null,
    };

    // Asked for every reference of every record, so it is a loop that allocates nothing.
    private LookupTarget? TargetNamed(string? table)
    {
        for (var index = 0; index < Targets.Count; index++)
        {
            if (Targets[index].Table == table)
            {
                return Targets[index];
            }
        }

        return null;
    }
}
