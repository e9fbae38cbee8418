namespace Dataverse.Sync.Execution;

/// <summary>An enabled field mapping with the schemas of both fields, ready for the planner.</summary>
internal sealed class CompiledField
{
    private readonly Sides<FieldSchema?> schemas;
    private readonly Sides<bool> reaches;
    private readonly TimeZoneInfo? zone;
    private readonly bool tellsBlankFromZero;
    private readonly Sides<bool> areInFilter;

    /// <summary>Initializes a new instance of the <see cref="CompiledField"/> class.</summary>
    /// <param name="mapping">The field mapping.</param>
    /// <param name="table">The table mapping to which it belongs.</param>
    /// <param name="tables">The two tables.</param>
    /// <param name="filters">The filters of the table mapping, with the names that the tables use.</param>
    /// <param name="index">The position in the shape of the base, or −1 if the field has no base.</param>
    public CompiledField(
        IFieldMapping mapping,
        IIntegrationTableMapping table,
        Sides<TableSchema> tables,
        Sides<RecordFilter?> filters,
        int index)
    {
        Mapping = mapping;
        Index = index;
        schemas = Sides.Of(side => mapping.FieldOn(side) is { } name ? tables[side].Find(name) : null);
        var found = schemas;
        var wanted = Sides.Of(side =>
            found[side] is not null && table.Direction.ReachesSide(side) && mapping.Direction.ReachesSide(side));
        reaches = Sides.Of(side => wanted[side] && CanRead(side.Opposite()));
        IsFrozen = wanted != reaches;
        zone = mapping.Converter is null ? mapping.TimeZone ?? table.TimeZone : null;
        Constant = found.Local is not null && found.Integration is not null
            ? FieldValue.Blank
            : Constants.Fit(mapping.Constant, (found.Local ?? found.Integration)!);
        IsKey = IsKeyOf(tables.Local, found.Local) || IsKeyOf(tables.Integration, found.Integration);
        areInFilter = Sides.Of(side =>
            found[side] is { } schema && filters[side]?.Fields.Contains(schema.Name) == true);
        tellsBlankFromZero = found.Local?.CanBeBlank != false && found.Integration?.CanBeBlank != false;
    }

    public IFieldMapping Mapping { get; }

    /// <summary>The position in the shape of the base, or −1 for a constant, which has no base.</summary>
    public int Index { get; }

    /// <summary>
    /// Whether the field of existing records stays as it is, because a side from which it is synchronized cannot be
    /// read. An edit that nobody can see would be overwritten otherwise.
    /// </summary>
    public bool IsFrozen { get; }

    /// <summary>The constant in the form of its field; blank for a field that has none.</summary>
    public FieldValue Constant { get; }

    /// <summary>Whether the field identifies records to people on a side, so that its values are never cut.</summary>
    public bool IsKey { get; }

    public FieldSchema On(SyncSide side) => schemas[side]!;

    /// <summary>Whether the field can be read on both sides.</summary>
    public bool CanRead() => CanRead(SyncSide.Local) && CanRead(SyncSide.Integration);

    /// <summary>Whether the field can be read on a side. A constant, which has no field there, is known.</summary>
    public bool CanRead(SyncSide side) => schemas[side]?.CanRead != false;

    public bool ReachesForInsert(SyncSide target) => Reaches(target) && On(target).CanInsert;

    public bool ReachesForUpdate(SyncSide target) =>
        Reaches(target) && !IsFrozen && On(target).CanUpdate && !Mapping.OnInsertOnly;

    /// <summary>
    /// Whether a record can be created on a side without the field, which is set later: the side does not require it,
    /// lets it be changed, and its filter does not depend on it.
    /// </summary>
    public bool CanBePostponed(SyncSide target) =>
        ReachesForUpdate(target) && !On(target).IsRequired && !areInFilter[target];

    /// <summary>
    /// Whether a new record has a value in the field by itself: an option, a flag, or an owner. A text, a number, or a
    /// date it has from somebody.
    /// </summary>
    public bool HasDefault(SyncSide side) =>
        On(side).Type is FieldType.Choice or FieldType.Boolean or FieldType.Reference;

    /// <summary>
    /// Converts a value for a side, in the form in which the side stores it. References are translated by the resolver
    /// instead.
    /// </summary>
    /// <param name="value">The value of the other side.</param>
    /// <param name="target">The side for which the value is converted.</param>
    /// <param name="scaleReference">The reference that the scale of the target follows, or blank.</param>
    /// <exception cref="FormatException">The value cannot be represented on the target side.</exception>
    public FittedValue Convert(FieldValue value, SyncSide target, FieldValue scaleReference = default) =>
        Fit(ConvertUnfitted(value, target), target, scaleReference);

    /// <summary>Converts a value to the type of a side, without rounding or cutting it.</summary>
    /// <exception cref="FormatException">The value cannot be represented on the target side.</exception>
    public FieldValue ConvertUnfitted(FieldValue value, SyncSide target)
    {
        var converter = Mapping.Converter;
        if (converter is not null)
        {
            value = target == SyncSide.Integration ? converter.ToIntegration(value) : converter.ToLocal(value);
        }

        return ValueConversion.ToTypeOf(On(target), value, On(target.Opposite()), zone, converter is not null);
    }

    /// <summary>Brings a value of a side's type to the form in which the side stores it.</summary>
    /// <exception cref="FormatException">A key is too long for the field.</exception>
    public FittedValue Fit(FieldValue value, SyncSide target, FieldValue scaleReference = default) =>
        ValueFitting.Fit(value, On(target), IsKey, scaleReference);

    /// <summary>
    /// Whether two values of a side are the same. A blank and a zero are, unless both systems can store either.
    /// </summary>
    public bool AreSame(FieldValue left, FieldValue right) => tellsBlankFromZero
        ? ValueConversion.AreSame(left, right)
        : ValueConversion.AreEquivalent(left, right);

    /// <summary>Whether the field is synchronized to a side.</summary>
    public bool Reaches(SyncSide target) => reaches[target];

    private static bool IsKeyOf(TableSchema table, FieldSchema? field) =>
        field is not null && (field.IsCode || field.Name == table.BusinessKeyField);
}
