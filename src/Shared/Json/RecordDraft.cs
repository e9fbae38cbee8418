using System.Text.Json;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Http;

/// <summary>A record that is being read; each property may come once.</summary>
internal struct RecordDraft
{
    private readonly RecordShape shape;
    private readonly FieldValue[] values;
    private readonly string?[]? tables;
    private PropertySet seen;
    private int fieldsRead;
    private Guid id;
    private string? version;
    private DateTimeOffset? modifiedOn;

    /// <summary>Begins a record.</summary>
    /// <param name="shape">What is read.</param>
    /// <param name="tables">Room for the tables of references, which the draft uses until the record is complete; null where the
    /// shape has none.</param>
    public RecordDraft(RecordShape shape, string?[]? tables)
    {
        this.shape = shape;
        this.tables = tables;
        tables?.AsSpan().Clear();
        values = new FieldValue[shape.Layout.Fields.Count];
        seen = new PropertySet(shape.Properties.Count);
    }

    /// <summary>Whether no property was read yet.</summary>
    public readonly bool IsEmpty => seen.IsEmpty;

    /// <summary>Takes over a property.</summary>
    /// <param name="property">The property.</param>
    /// <param name="place">Its place in the shape.</param>
    /// <param name="value">What was read.</param>
    /// <exception cref="JsonException">It came before.</exception>
    public void Set(RecordProperty property, int place, FieldValue value)
    {
        if (!seen.Add(place))
        {
            throw new JsonException("The property comes twice.");
        }

        switch (property.Role)
        {
            case RecordRole.Id:
                id = value.IsBlank ? Guid.Empty : value.AsIdentifier();
                break;
            case RecordRole.Version:
                version = value.IsBlank ? null : VersionOf(value.AsText());
                break;
            case RecordRole.ModifiedOn:
                modifiedOn = value.IsBlank ? null : value.AsDateTime();
                break;
            case RecordRole.ReferencedTable:
                tables![property.Ordinal] = value.IsBlank ? null : value.AsText();
                return;
        }

        if (property.Ordinal >= 0)
        {
            values[property.Ordinal] = value;
            fieldsRead += property.IsRequiredField ? 1 : 0;
        }
    }

    /// <summary>The record.</summary>
    /// <exception cref="JsonException">It lacks its id or a field.</exception>
    public readonly TableRecord Complete()
    {
        if (id == Guid.Empty)
        {
            throw new JsonException("A record has no id.");
        }

        if (shape.RequiresEveryField && fieldsRead != shape.RequiredFields)
        {
            throw new MissingPropertyException($"A record has {fieldsRead} of the {shape.RequiredFields} properties that were asked for.");
        }

        for (var ordinal = 0; ordinal < (tables?.Length ?? 0); ordinal++)
        {
            if (tables![ordinal] is { } table && values[ordinal].Kind == FieldValueKind.Identifier)
            {
                values[ordinal] = FieldValue.Reference(values[ordinal].AsIdentifier(), table);
            }
        }

        return new TableRecord(shape.Layout, id, values, version, modifiedOn);
    }

    private static string VersionOf(string text) =>
        HeaderValue.IsOne(text) ? text : throw new JsonException("The version cannot be sent back in a header.");

    /// <summary>A set of small numbers that costs no memory of its own for up to 64 of them.</summary>
    private struct PropertySet(int capacity)
    {
        private readonly ulong[]? many = capacity > 64 ? new ulong[(capacity + 63) / 64] : null;
        private ulong few;

        public readonly bool IsEmpty => few == 0 && many?.All(word => word == 0) != false;

        /// <summary>Adds a number; false when it is there already.</summary>
        public bool Add(int number)
        {
            ref var word = ref few;
            if (many is not null)
            {
                word = ref many[number / 64];
            }

            var bit = 1UL << (number % 64);
            var isNew = (word & bit) == 0;
            word |= bit;
            return isNew;
        }
    }
}
