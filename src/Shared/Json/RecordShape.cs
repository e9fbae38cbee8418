using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>How the records of one request are read: their layout and the JSON properties that fill it.</summary>
/// <remarks>Immutable and shared by all pages of a read.</remarks>
internal sealed class RecordShape
{
    private readonly RecordProperty[] properties;

    /// <summary>Makes a shape.</summary>
    /// <param name="layout">The layout of the records.</param>
    /// <param name="properties">The properties, best in the order of the wire; each name once.</param>
    public RecordShape(RecordLayout layout, IEnumerable<RecordProperty> properties)
    {
        Layout = layout;
        this.properties = [.. properties];
        RequiredFields = this.properties.Count(property => property.IsRequiredField);
        HasReferences = this.properties.Any(property => property.Role == RecordRole.ReferencedTable);
    }

    public RecordLayout Layout { get; }

    /// <summary>The properties that are read.</summary>
    public IReadOnlyList<RecordProperty> Properties => properties;

    /// <summary>The names of the properties that are read.</summary>
    public IEnumerable<string> PropertyNames => properties.Select(property => property.Name);

    /// <summary>The number of properties that hold a field which every record has.</summary>
    public int RequiredFields { get; }

    /// <summary>
    /// Whether a record that lacks a property of the layout is malformed; otherwise the field is blank.
    /// </summary>
    public bool RequiresEveryField { get; init; } = true;

    /// <summary>
    /// Whether a field whose value cannot be read is <see cref="FieldValue.Unreadable"/>, which is the fault of its record;
    /// otherwise the answer is malformed.
    /// </summary>
    public bool KeepsUnreadableValues { get; init; }

    /// <summary>Whether objects with a <c>reason</c> are deletions whose <c>id</c> is the record's.</summary>
    public bool ReadsDeletions { get; init; }

    /// <summary>
    /// Whether a reader of a property collects something beside the record. Such a page is read when it is there as a whole, because
    /// what was collected from one that breaks off would count twice.
    /// </summary>
    public bool CollectsAside { get; init; }

    public bool HasReferences { get; }

    /// <summary>
    /// Finds the place of the property that a reader stands on, or −1. Services keep one order, so the one after the
    /// last find is tried first.
    /// </summary>
    public int Find(ref Utf8JsonReader reader, ref int next)
    {
        for (var step = 0; step < properties.Length; step++)
        {
            var index = next + step;
            index = index < properties.Length ? index : index - properties.Length;
            if (reader.ValueTextEquals(properties[index].Utf8Name))
            {
                next = index + 1 == properties.Length ? 0 : index + 1;
                return index;
            }
        }

        return -1;
    }
}
