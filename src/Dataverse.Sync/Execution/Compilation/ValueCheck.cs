using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Execution;

/// <summary>Finds the values of a record that no step can work with. They are the fault of their record alone.</summary>
internal sealed class ValueCheck(CompiledMapping mapping, SyncSide side)
{
    private readonly ConditionalWeakTable<RecordLayout, Place[]> places = [];

    /// <summary>
    /// Returns an error that names a field if the record lacks it, or contains a value that cannot be read; otherwise
    /// null.
    /// </summary>
    public SyncError? ProblemOf(TableRecord record)
    {
        foreach (var place in PlacesIn(record.Layout))
        {
            if (place.Index < 0)
            {
                return ErrorOf(place.Field, $"the {side.Word()} system returned the record without field '{place.Field.Name}'.");
            }

            if (!ValueKinds.IsReadable(place.Field.Type, record[place.Index]))
            {
                return ErrorOf(
                    place.Field,
                    $"the value of the {side.Word()} field '{place.Field.Name}' cannot be read as {place.Field.Type}.");
            }
        }

        return null;
    }

    private Place[] PlacesIn(RecordLayout layout) =>
        places.TryGetValue(layout, out var found) ? found : FindPlaces(layout);

    private Place[] FindPlaces(RecordLayout layout)
    {
        var schema = mapping.Schema(side);
        Place[] found =
        [
            .. mapping.ReadFields(side).Select(schema.Find).OfType<FieldSchema>().Where(field => field.CanRead)
                .Select(field => new Place(field, layout.IndexOf(field.Name))),
        ];
        places.AddOrUpdate(layout, found);
        return found;
    }

    private SyncError ErrorOf(FieldSchema field, string problem)
    {
        var key = Array.Find(mapping.Fields, item => item.On(side).Name == field.Name)?.Mapping.Key.Value;
        return key is null
            ? new(SyncErrorCodes.ValueNotConvertible, $"Field '{field.Name}': {problem}", field.Name)
            : new(SyncErrorCodes.ValueNotConvertible, $"Field mapping '{key}': {problem}", key);
    }

    private readonly record struct Place(FieldSchema Field, int Index);
}
