namespace Dataverse.Sync.Execution;

/// <summary>An enabled field mapping with the schemas of both fields, ready for the planner.</summary>
internal sealed class CompiledField
{
    private readonly Sides<FieldSchema?> schemas;
    private readonly Sides<bool> reaches;
    private readonly TimeZoneInfo? zone;
    private readonly bool tellsBlankFromZero;
    private readonly Sides<bool> areInFilter;
    private readonly Sides<TransformationChain> chains;
    private readonly Sides<OptionMatcher>? options;

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
        chains = Sides.Of(target => TransformationChain.To(target, mapping, found));
        IsResolved = mapping.Lookup is not null || mapping.TableLookup is not null || mapping.Options?.HasTable == true;
        options = mapping.Options is { HasTable: false } told && found is { Local: { } local, Integration: { } integration }
            ? MatchersOf(told, new(OptionList.Of(local), OptionList.Of(integration)))
            : null;
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

    /// <summary>
    /// Whether values are translated with what was read from tables or couplings, and not by a conversion alone.
    /// </summary>
    public bool IsResolved { get; }

    /// <summary>
    /// Whether a value may wait for its translation, because a reference is not coupled or a value has no counterpart.
    /// </summary>
    public bool MayAwait => IsResolved || Mapping.Options is not null || Mapping.Converter is ValueTable;

    /// <summary>Whether a value without counterpart is left out.</summary>
    public bool MayLeaveOut =>
        (Mapping.Options?.WhenUnmapped ?? Mapping.TableLookup?.WhenUnmapped ?? (Mapping.Converter as ValueTable)?.WhenUnmapped)
            == UnmappedValuePolicy.LeaveOut;

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
        On(side).Type is FieldType.Choice or FieldType.MultiChoice or FieldType.Boolean or FieldType.Reference;

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
        if (options is { } matchers)
        {
            return matchers[target].Convert(value);
        }

        value = Transform(value, target);
        value = Mapping.Converter switch
        {
            null => value,
            ValueTable table => table.Convert(value, OptionOf(value, target.Opposite()), target),
            var converter => target == SyncSide.Integration ? converter.ToIntegration(value) : converter.ToLocal(value),
        };
        return ValueConversion.ToTypeOf(On(target), value, On(target.Opposite()), zone, IsConvertedTo(target));
    }

    /// <summary>Applies the rules for values on their way to a side.</summary>
    /// <exception cref="FormatException">A rule cannot transform the value.</exception>
    public FieldValue Transform(FieldValue value, SyncSide target) => chains[target].Apply(value);

    /// <summary>Brings a value that was found in a table to the type and the form in which a side stores it.</summary>
    /// <exception cref="FormatException">The value cannot be represented on the target side.</exception>
    public FittedValue FitFound(FieldValue value, SyncSide target) =>
        Fit(ValueConversion.ToTypeOf(On(target), value, On(target), zone, isConverted: true), target);

    /// <summary>What the rules lose that transform values on their way to a side.</summary>
    public TransformationLoss LossTo(SyncSide target) => chains[target].Loss;

    /// <summary>Whether values are converted by user code or by rules on their way to a side.</summary>
    public bool IsConvertedTo(SyncSide target) =>
        Mapping.Converter is not null || Mapping.Options is not null || !chains[target].IsEmpty;

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

    /// <summary>
    /// Returns the fingerprint of a value, or the known one if that is of a blank and the value is the zero, or false, that
    /// a field without blanks stores for it.
    /// </summary>
    public ulong FingerprintOf(SyncSide side, FieldValue value, ulong known) =>
        known == Fingerprint.OfBlank && !On(side).CanBeBlank && ValueConversion.StandsForBlank(value)
            ? known
            : Fingerprint.Of(value);

    /// <summary>Whether the field is synchronized to a side.</summary>
    public bool Reaches(SyncSide target) => reaches[target];

    private static Sides<OptionMatcher> MatchersOf(OptionMapping mapping, Sides<OptionList> lists) =>
        Sides.Of(side => new OptionMatcher(mapping, lists, side));

    private ChoiceOption? OptionOf(FieldValue value, SyncSide side)
    {
        foreach (var option in On(side).Options)
        {
            if (option.Value == value)
            {
                return option;
            }
        }

        return null;
    }

    private static bool IsKeyOf(TableSchema table, FieldSchema? field) =>
        field is not null && (field.IsCode || field.Name == table.BusinessKeyField);
}
