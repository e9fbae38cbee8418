using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Execution;

/// <summary>
/// A validated mapping with everything that the steps need in arrays: fields, the base shape, the fields to read, and
/// positions in layouts.
/// </summary>
internal sealed class CompiledMapping
{
    private readonly Sides<ConditionalWeakTable<RecordLayout, int[]>> recordPlaces = new([], []);
    private readonly ConditionalWeakTable<BaseShape, int[]> basePlaces = [];
    private readonly Sides<IReadOnlyList<string>> readFields;
    private readonly Sides<IReadOnlyList<string>> matchingFields;
    private readonly Sides<RecordFilter?> ownFilters;
    private readonly Sides<RecordFilter?> filters;
    private readonly Sides<RecordFilter?> separations;
    private readonly Sides<CompiledField[]> followed;
    private readonly Sides<bool> areReadByRules;
    private readonly Sides<bool> haveMoreForRules;
    private readonly Sides<ValueCheck> checks;

    public CompiledMapping(
        IIntegrationTableMapping mapping,
        Sides<TableSchema> schemas,
        IReadOnlyList<ISyncRule> rules,
        CompanyClaim? claim = null)
    {
        Mapping = mapping;
        Claim = claim;
        ownFilters = Sides.Of(side => FilterBinding.Bind(mapping.FilterOn(side), schemas[side]));
        var own = ownFilters;
        filters = Sides.Of(side => FilterSplit.Join(own[side], side == SyncSide.Local ? null : claim?.Condition));
        Schemas = schemas;
        Rules = [.. rules];
        var enabled = mapping.Fields.Where(field => field.IsEnabled).ToList();
        Fields = [.. enabled.Where(field => IsPair(field) && Travels(field)).Select((field, index) => Compile(field, index))];
        Constants = [.. enabled.Where(field => !IsPair(field)).Select(field => Compile(field, -1))];
        MatchGroups = [.. mapping.MatchGroups.Select(WithReadableFields).Where(group => group.Fields.Count > 0)];
        Templates = CompiledTemplate.Of(mapping, schemas);
        Shape = new BaseShape(Fields.Select(field => field.Mapping.Key));
        InPlanningOrder = OrderForPlanning();
        Merges = Sides.Of(side => new MergeFacts(schemas[side]));
        readFields = Sides.Of(FieldsToRead);
        matchingFields = Sides.Of(FieldsToMatch);
        followed = Sides.Of(FieldsToFollow);
        separations = Sides.Of(side => FilterSplit.SeparationOf(Filter(side), FieldsWithConstant(side)));
        var required = Sides.Of(side => rules.SelectMany(rule => rule.RequiredFields(mapping, side)).ToList());
        areReadByRules = Sides.Of(side => required[side].Count > 0);
        haveMoreForRules = Sides.Of(side =>
            required[side].Except(Fields.Select(field => field.On(side).Name), StringComparer.Ordinal).Any());
        checks = Sides.Of(side => new ValueCheck(this, side));
    }

    public IIntegrationTableMapping Mapping { get; }

    public Sides<TableSchema> Schemas { get; }

    public ISyncRule[] Rules { get; }

    /// <summary>
    /// The field mappings that join two fields and travel in a direction of the mapping, in the order of the shape.
    /// </summary>
    public CompiledField[] Fields { get; }

    /// <summary>The same field mappings in the order in which they are planned.</summary>
    public CompiledField[] InPlanningOrder { get; }

    public CompiledField[] Constants { get; }

    /// <summary>The templates for new records of each side, in the order in which they are tried.</summary>
    public Sides<CompiledTemplate[]> Templates { get; }

    /// <summary>The match groups, without the fields that cannot be read on both sides.</summary>
    public IReadOnlyList<MatchGroup> MatchGroups { get; }

    public BaseShape Shape { get; }

    /// <summary>The fields of each side that tell whether a record was merged into another one.</summary>
    public Sides<MergeFacts> Merges { get; }

    /// <summary>The schemas of the tables of each side that lookups and options read, by name.</summary>
    public Sides<IReadOnlyDictionary<string, TableSchema>> SideTables { get; init; } =
        Sides.Of<IReadOnlyDictionary<string, TableSchema>>(_ => new Dictionary<string, TableSchema>());

    public string Name => Mapping.Name;

    public TableSchema Schema(SyncSide side) => Schemas[side];

    /// <summary>The claim of the own company on integration rows, or null if no company column is used.</summary>
    public CompanyClaim? Claim { get; }

    /// <summary>The write that gives a new integration row its owner, or null if the system chooses it.</summary>
    public FieldWrite? Owner { get; init; }

    /// <summary>The filter of a side: that of the mapping, and the condition on the company.</summary>
    public RecordFilter? Filter(SyncSide side) => filters[side];

    /// <summary>
    /// The part of a side's filter that tells the records of this mapping from those of another one over the same table;
    /// null if there is none.
    /// </summary>
    public RecordFilter? Separation(SyncSide side) => separations[side];

    /// <summary>
    /// The fields that the filter of a side reads and that the mapping carries to the other side, so that the edit that
    /// takes a record out of the filter travels; none if the pair waits instead.
    /// </summary>
    public CompiledField[] FollowedFields(SyncSide side) => followed[side];

    /// <summary>
    /// The filter of a side's feed, or null for all records: a record that just left the mapping's filter is delivered
    /// if its edit travels or its pair is uncoupled. So is a record that was merged into another one.
    /// </summary>
    public RecordFilter? FeedFilter(SyncSide side) => UncouplesOutside ? null
        : followed[side].Length > 0 ? Separation(side)
        : Filter(side) is not { } filter || Merges[side].Condition is not { } merged ? Filter(side)
        : RecordFilter.Any(filter, Separation(side) is { } separation ? RecordFilter.All(separation, merged) : merged);

    /// <summary>Whether a pair is uncoupled when one of its records leaves the filter of its side.</summary>
    public bool UncouplesOutside => Mapping.OutsideFilterPolicy == OutsideFilterPolicy.Uncouple;

    /// <summary>The fields of a side that are read to match records.</summary>
    public IReadOnlyList<string> MatchingFields(SyncSide side) => matchingFields[side];

    /// <summary>
    /// Returns the error of a record that lacks a field, or contains a value that cannot be read; otherwise null.
    /// </summary>
    public SyncError? ProblemOf(SyncSide side, TableRecord record) => checks[side].ProblemOf(record);

    /// <summary>
    /// Whether the filter of a side excludes a record. One that lacks a field, or whose value cannot be read, is not judged.
    /// </summary>
    /// <remarks>It excludes every record that was merged into another one.</remarks>
    public bool Excludes(SyncSide side, TableRecord record) =>
        IsFailedBy(record, Filter(side)) || Merges[side].IsMerged(record);

    /// <summary>Whether a record has nothing to do with the mapping. One that lacks a field is not judged.</summary>
    /// <remarks>Nor has a record that was merged into another one.</remarks>
    public bool IsSeparate(SyncSide side, TableRecord record) =>
        IsFailedBy(record, Separation(side)) || Merges[side].IsMerged(record);

    /// <summary>The fields of a side that the steps need.</summary>
    public IReadOnlyList<string> ReadFields(SyncSide side) => readFields[side];

    /// <summary>Whether a rule names fields of a side that it reads.</summary>
    public bool IsReadByRules(SyncSide side) => areReadByRules[side];

    /// <summary>Whether a rule reads fields of a side that are not mapped, and so have no fingerprint.</summary>
    public bool HasMoreFieldsForRules(SyncSide side) => haveMoreForRules[side];

    public bool Reads(SyncSide side) => Mapping.Direction.ReadsSide(side);

    public bool Writes(SyncSide side) => Mapping.Direction.ReachesSide(side);

    /// <summary>Reads a record of a side by the mapping's fields.</summary>
    public RecordView View(SyncSide side, TableRecord record) => new(record, side, PlacesIn(side, record.Layout));

    /// <summary>Reads a stored base by the mapping's fields.</summary>
    public BaseView View(SynchronizedBase? stored) =>
        new(stored, stored is null || ReferenceEquals(stored.Shape, Shape) ? null : PlacesIn(stored.Shape));

    /// <summary>Whether a record contains a value that the base does not, so that it must be synchronized.</summary>
    /// <param name="side">The side of the record.</param>
    /// <param name="record">The record.</param>
    /// <param name="stored">What was last synchronized, or null if nothing was.</param>
    /// <param name="retriesLeftOut">
    /// Whether a value counts that was left out because it has no counterpart. Nothing tells when it gets one.
    /// </param>
    public bool Differs(SyncSide side, TableRecord record, SynchronizedBase? stored, bool retriesLeftOut = false)
    {
        var values = View(side, record);
        var known = View(stored);
        foreach (var field in Fields)
        {
            if (field.IsFrozen || !field.CanRead(side))
            {
                continue;
            }

            if (!values.Has(field))
            {
                return true;
            }

            var current = field.FingerprintOf(side, values[field], known.Of(side, field));
            if (current != known.Of(side, field)
                && !IsLeftAlone(side, field, known[field])
                && (retriesLeftOut || !field.MayLeaveOut || Fingerprint.Awaiting(current) != known.Of(side, field)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a field is the business key of a side, which the system itself may assign.</summary>
    public bool IsAssigned(CompiledField field, SyncSide side) =>
        Schema(side).BusinessKeyField == field.On(side).Name;

    /// <summary>Finds an enabled field mapping between two fields by its key; returns null if there is none.</summary>
    public CompiledField? Find(FieldMappingKey key) => Array.Find(Fields, field => field.Mapping.Key == key);

    /// <summary>The constant of a field, or null if it has none.</summary>
    public FieldValue? ConstantOf(SyncSide side, string field) =>
        Array.Find(Constants, constant => constant.Reaches(side) && constant.On(side).Name == field)?.Constant;

    /// <summary>Whether a record belongs to another company, so that it is neither written nor deleted.</summary>
    public bool BelongsToOther(SyncSide side, TableRecord record) =>
        side == SyncSide.Integration && Claim?.IsOther(record) == true;

    private static bool IsFailedBy(TableRecord record, RecordFilter? filter) =>
        filter is not null && Carries(record, filter.Fields) && !filter.Matches(record);

    private static bool Carries(TableRecord record, IReadOnlyList<string> fields)
    {
        for (var index = 0; index < fields.Count; index++)
        {
            if (record.Layout.IndexOf(fields[index]) is not (>= 0 and var place)
                || record[place].Kind == FieldValueKind.Unreadable)
            {
                return false;
            }
        }

        return true;
    }

    // The target of a one-way field keeps its own value until the source is edited.
    private static bool IsLeftAlone(SyncSide side, CompiledField field, FieldBase known) =>
        known.Of(side) == Fingerprint.None
        && known.IsKnown(side.Opposite())
        && !field.ReachesForUpdate(side.Opposite());

    // A base with a field that does not travel would say that both sides agreed, when another direction is set later.
    private bool Travels(IFieldMapping field) =>
        Sides.Both.Any(side => Mapping.Direction.ReachesSide(side) && field.Direction.ReachesSide(side));

    private static bool IsPair(IFieldMapping field) =>
        field.LocalField is not null && field.IntegrationField is not null;

    private MatchGroup WithReadableFields(MatchGroup group) => group with
    {
        Fields = [.. group.Fields.Where(IsReadable)],
        ConfirmedBy = [.. group.ConfirmedBy.Where(IsReadable)],
    };

    private bool IsReadable(MatchField field) =>
        Sides.Both.All(side => Schema(side).Find(field.On(side))?.CanRead != false);

    // The search is a method of its own, because its closure would be allocated for each record otherwise.
    private int[] PlacesIn(SyncSide side, RecordLayout layout) =>
        recordPlaces[side].TryGetValue(layout, out var places) ? places : FindPlaces(side, layout);

    private int[] FindPlaces(SyncSide side, RecordLayout layout)
    {
        int[] places = [.. Fields.Select(field => layout.IndexOf(field.On(side).Name))];
        recordPlaces[side].AddOrUpdate(layout, places);
        return places;
    }

    private int[] PlacesIn(BaseShape shape)
    {
        if (!basePlaces.TryGetValue(shape, out var places))
        {
            var stored = shape.FieldMappings.Select((key, place) => (key, place))
                .ToDictionary(item => item.key, item => item.place);
            places = [.. Fields.Select(field => stored.GetValueOrDefault(field.Mapping.Key, -1))];
            basePlaces.AddOrUpdate(shape, places);
        }

        return places;
    }

    private CompiledField Compile(IFieldMapping field, int index) => new(field, Mapping, Schemas, ownFilters, index);

    // A reference that an amount follows is planned before the amount, so that the amount is rounded for the new one.
    private CompiledField[] OrderForPlanning()
    {
        var followed = Sides.Of(side => Fields.Select(field => field.On(side).ScaleByReference?.Field).ToHashSet());
        var isFollowed = Array.ConvertAll(
            Fields, field => Sides.Both.Any(side => followed[side].Contains(field.On(side).Name)));
        return Array.TrueForAll(isFollowed, yes => !yes)
            ? Fields
            : [.. Fields.OrderBy(field => isFollowed[field.Index] ? 0 : 1)];
    }

    // Where the mapping names no policy, it follows, because such a field is there to carry a state to the other side.
    private CompiledField[] FieldsToFollow(SyncSide side)
    {
        if (Mapping.OutsideFilterPolicy is OutsideFilterPolicy.Wait or OutsideFilterPolicy.Uncouple
            || Filter(side) is not { } filter)
        {
            return [];
        }

        var names = filter.Fields.ToHashSet(StringComparer.Ordinal);
        return Array.FindAll(
            Fields,
            field => names.Contains(field.On(side).Name) && field.ReachesForUpdate(side.Opposite()) && field.CanRead(side));
    }

    private HashSet<string> FieldsWithConstant(SyncSide side)
    {
        var constants = Constants.Where(constant => constant.Reaches(side)).Select(constant => constant.On(side).Name);
        return [.. constants, .. CompanyColumnOn(side)];
    }

    private IEnumerable<string> CompanyColumnOn(SyncSide side) =>
        side == SyncSide.Integration && Claim is { } claim ? [claim.Column] : [];

    private IEnumerable<string> FieldsOfTemplates(SyncSide side) =>
        Templates[side.Opposite()].SelectMany(template => template.SourceFields);

    private IReadOnlyList<string> FieldsToMatch(SyncSide side) =>
    [
        .. MatchGroups.SelectMany(group => group.Fields.Concat(group.ConfirmedBy)).Select(field => field.On(side))
            .Concat(Filter(side)?.Fields ?? []).Concat(Merges[side].Fields).Distinct(StringComparer.Ordinal),
    ];

    private IReadOnlyList<string> FieldsToRead(SyncSide side)
    {
        var fields = Fields.Concat(Constants.Where(field => field.ReachesForUpdate(side)))
            .Where(field => field.CanRead(side))
            .Select(field => field.On(side).Name)
            .Concat(Fields.Select(field => field.On(side).ScaleByReference?.Field).OfType<string>())
            .Concat(FieldsToMatch(side))
            .Concat(CompanyColumnOn(side))
            .Concat(FieldsOfTemplates(side))
            .Concat(Rules.SelectMany(rule => rule.RequiredFields(Mapping, side)))
            .Concat(Schema(side) is { KeepsChosenIds: false, BusinessKeyField: { } key } ? [key] : []);
        return [.. fields.Distinct(StringComparer.Ordinal)];
    }
}
