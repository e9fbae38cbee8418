using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Execution;

/// <summary>A validated mapping with everything the steps need in arrays: fields, base shape, fields to read, places in layouts.</summary>
internal sealed class CompiledMapping
{
    private readonly ConditionalWeakTable<RecordLayout, int[]> localPlaces = [];
    private readonly ConditionalWeakTable<RecordLayout, int[]> integrationPlaces = [];
    private readonly ConditionalWeakTable<BaseShape, int[]> basePlaces = [];

    public CompiledMapping(IIntegrationTableMapping mapping, TableSchema local, TableSchema integration, IReadOnlyList<ISyncRule> rules)
    {
        Mapping = mapping;
        Local = local;
        Integration = integration;
        Rules = rules;
        var enabled = mapping.Fields.Where(field => field.IsEnabled).ToList();
        Fields = [.. enabled.Where(IsPair).Select((field, index) => Compile(field, index))];
        Constants = [.. enabled.Where(field => !IsPair(field)).Select(field => Compile(field, -1))];
        Shape = new BaseShape(Fields.Select(field => field.Mapping.Key));
        LocalFields = FieldsToRead(SyncSide.Local);
        IntegrationFields = FieldsToRead(SyncSide.Integration);
    }

    public IIntegrationTableMapping Mapping { get; }

    public TableSchema Local { get; }

    public TableSchema Integration { get; }

    public IReadOnlyList<ISyncRule> Rules { get; }

    /// <summary>The field mappings between two fields, in the order of the shape.</summary>
    public CompiledField[] Fields { get; }

    public CompiledField[] Constants { get; }

    public BaseShape Shape { get; }

    public string Name => Mapping.Name;

    private IReadOnlyList<string> LocalFields { get; }

    private IReadOnlyList<string> IntegrationFields { get; }

    public TableSchema Schema(SyncSide side) => side == SyncSide.Local ? Local : Integration;

    public RecordFilter? Filter(SyncSide side) => side == SyncSide.Local ? Mapping.LocalFilter : Mapping.IntegrationFilter;

    public IReadOnlyList<string> ReadFields(SyncSide side) => side == SyncSide.Local ? LocalFields : IntegrationFields;

    public bool Reads(SyncSide side) => Mapping.Direction.ReadsSide(side);

    public bool Writes(SyncSide side) => Mapping.Direction.ReachesSide(side);

    /// <summary>The record of a side as the mapping sees it.</summary>
    public RecordView View(SyncSide side, TableRecord record) => new(record, side, PlacesIn(side, record.Layout));

    /// <summary>A stored base as the mapping sees it.</summary>
    public BaseView View(SynchronizedBase? stored) => new(stored, stored is null || ReferenceEquals(stored.Shape, Shape) ? null : PlacesIn(stored.Shape));

    /// <summary>The field mapping with a key; null when the mapping has none that is enabled and joins two fields.</summary>
    public CompiledField? Find(FieldMappingKey key) => Array.Find(Fields, field => field.Mapping.Key == key);

    private static bool IsPair(IFieldMapping field) => field.LocalField is not null && field.IntegrationField is not null;

    private int[] PlacesIn(SyncSide side, RecordLayout layout)
    {
        var known = side == SyncSide.Local ? localPlaces : integrationPlaces;
        if (!known.TryGetValue(layout, out var places))
        {
            places = [.. Fields.Select(field => layout.IndexOf(field.On(side).Name))];
            known.AddOrUpdate(layout, places);
        }

        return places;
    }

    private int[] PlacesIn(BaseShape shape)
    {
        if (!basePlaces.TryGetValue(shape, out var places))
        {
            var stored = shape.FieldMappings.Select((key, place) => (key, place)).ToDictionary(item => item.key, item => item.place);
            places = [.. Fields.Select(field => stored.GetValueOrDefault(field.Mapping.Key, -1))];
            basePlaces.AddOrUpdate(shape, places);
        }

        return places;
    }

    private CompiledField Compile(IFieldMapping field, int index) => new(
        field,
        Mapping.Direction,
        field.LocalField is null ? null : Local.Find(field.LocalField),
        field.IntegrationField is null ? null : Integration.Find(field.IntegrationField),
        index);

    private List<string> FieldsToRead(SyncSide side)
    {
        var fields = Fields.Concat(Constants.Where(field => field.ReachesForUpdate(side))).Select(field => field.On(side).Name)
            .Concat(Filter(side)?.Fields ?? [])
            .Concat(Mapping.MatchGroups.SelectMany(group => group.Fields).Select(field => side == SyncSide.Local ? field.LocalField : field.IntegrationField))
            .Concat(Rules.SelectMany(rule => rule.RequiredFields(Mapping, side)))
            .Concat(Schema(side) is { KeepsChosenIds: false, BusinessKeyField: { } key } ? [key] : []);
        return [.. fields.Distinct(StringComparer.Ordinal)];
    }
}
