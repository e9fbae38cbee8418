namespace Dataverse.Sync.Execution;

/// <summary>An enabled field mapping with the schemas of both fields, ready for the planner.</summary>
internal sealed class CompiledField
{
    private readonly Sides<FieldSchema?> schemas;
    private readonly Sides<bool> reaches;

    public CompiledField(IFieldMapping mapping, SyncDirection tableDirection, Sides<FieldSchema?> schemas, int index)
    {
        Mapping = mapping;
        Index = index;
        this.schemas = schemas;
        var wanted = Sides.Of(side =>
            schemas[side] is not null && tableDirection.ReachesSide(side) && mapping.Direction.ReachesSide(side));
        reaches = Sides.Of(side => wanted[side] && CanRead(side.Opposite()));
        IsFrozen = wanted != reaches;
    }

    public IFieldMapping Mapping { get; }

    /// <summary>The position in the shape of the base, or −1 for a constant, which has no base.</summary>
    public int Index { get; }

    /// <summary>
    /// Whether the field of existing records stays as it is, because a side from which it is synchronized cannot be
    /// read. An edit that nobody can see would be overwritten otherwise.
    /// </summary>
    public bool IsFrozen { get; }

    public FieldSchema On(SyncSide side) => schemas[side]!;

    /// <summary>Whether the field can be read on both sides.</summary>
    public bool CanRead() => CanRead(SyncSide.Local) && CanRead(SyncSide.Integration);

    /// <summary>Whether the field can be read on a side. A constant, which has no field there, is known.</summary>
    public bool CanRead(SyncSide side) => schemas[side]?.CanRead != false;

    public bool ReachesForInsert(SyncSide target) => Reaches(target) && On(target).CanInsert;

    public bool ReachesForUpdate(SyncSide target) =>
        Reaches(target) && !IsFrozen && On(target).CanUpdate && !Mapping.OnInsertOnly;

    /// <summary>
    /// Whether a new record has a value in the field by itself: an option, a flag, or an owner. A text, a number, or a
    /// date it has from somebody.
    /// </summary>
    public bool HasDefault(SyncSide side) =>
        On(side).Type is FieldType.Choice or FieldType.Boolean or FieldType.Reference;

    /// <summary>Converts a value for a side. References are translated by the resolver instead.</summary>
    /// <exception cref="FormatException">The value cannot be represented on the target side.</exception>
    public FieldValue Convert(FieldValue value, SyncSide target)
    {
        if (Mapping.Converter is { } converter)
        {
            value = target == SyncSide.Integration ? converter.ToIntegration(value) : converter.ToLocal(value);
        }

        return ValueConversion.Convert(value, On(target.Opposite()), On(target));
    }

    /// <summary>Whether the field is synchronized to a side.</summary>
    public bool Reaches(SyncSide target) => reaches[target];
}
