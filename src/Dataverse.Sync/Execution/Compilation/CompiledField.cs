namespace Dataverse.Sync.Execution;

/// <summary>An enabled field mapping together with both schemas, ready for the planner.</summary>
internal sealed class CompiledField
{
    private readonly bool reachesLocal;
    private readonly bool reachesIntegration;

    public CompiledField(IFieldMapping mapping, SyncDirection tableDirection, FieldSchema? local, FieldSchema? integration, int index)
    {
        Mapping = mapping;
        Local = local;
        Integration = integration;
        Index = index;
        reachesLocal = local is not null && tableDirection.ReachesSide(SyncSide.Local) && mapping.Direction.ReachesSide(SyncSide.Local);
        reachesIntegration = integration is not null && tableDirection.ReachesSide(SyncSide.Integration) && mapping.Direction.ReachesSide(SyncSide.Integration);
    }

    public IFieldMapping Mapping { get; }

    public FieldSchema? Local { get; }

    public FieldSchema? Integration { get; }

    /// <summary>The place in the base's shape; −1 for a constant, which has no base.</summary>
    public int Index { get; }

    public bool IsConstant => Index < 0;

    public FieldSchema On(SyncSide side) => (side == SyncSide.Local ? Local : Integration)!;

    public bool ReachesForInsert(SyncSide target) => Reaches(target) && On(target).CanInsert;

    public bool ReachesForUpdate(SyncSide target) => Reaches(target) && On(target).CanUpdate && !Mapping.OnInsertOnly;

    /// <summary>Converts a value for a side; references are translated by the resolver instead.</summary>
    /// <exception cref="FormatException">The value has no counterpart.</exception>
    public FieldValue Convert(FieldValue value, SyncSide target)
    {
        if (Mapping.Converter is { } converter)
        {
            value = target == SyncSide.Integration ? converter.ToIntegration(value) : converter.ToLocal(value);
        }

        return ValueConversion.Convert(value, On(target.Opposite()), On(target));
    }

    public bool Reaches(SyncSide target) => target == SyncSide.Local ? reachesLocal : reachesIntegration;
}
