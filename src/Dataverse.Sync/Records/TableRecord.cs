namespace Dataverse.Sync;

/// <summary>One record as a connector read it: its id, its version, and the values of a layout.</summary>
/// <remarks>Immutable; safe to share between threads and to keep.</remarks>
public sealed class TableRecord
{
    private readonly FieldValue[] values;

    /// <summary>Makes a record.</summary>
    /// <param name="layout">The fields that <paramref name="values"/> holds, in order.</param>
    /// <param name="id">The id that the record keeps for life.</param>
    /// <param name="values">The values; the record takes the array over, do not change it afterwards.</param>
    /// <param name="version">The system's opaque version tag, or null where it has none.</param>
    /// <param name="modifiedOn">The system's own stamp of the last change, or null where it has none.</param>
    /// <exception cref="ArgumentException">The number of values is not the number of fields.</exception>
    public TableRecord(RecordLayout layout, Guid id, FieldValue[] values, string? version = null, DateTimeOffset? modifiedOn = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != layout.Fields.Count)
        {
            throw new ArgumentException("A record holds one value per field of its layout.", nameof(values));
        }

        Layout = layout;
        Id = id;
        Version = version;
        ModifiedOn = modifiedOn;
        this.values = values;
    }

    /// <summary>The fields that the record carries.</summary>
    public RecordLayout Layout { get; }

    /// <summary>The id that the record keeps for life.</summary>
    public Guid Id { get; }

    /// <summary>The system's opaque version tag (an ETag on both clouds), compared for equality only; null where it has none.</summary>
    public string? Version { get; }

    /// <summary>The system's own stamp of the last change; null where it has none.</summary>
    public DateTimeOffset? ModifiedOn { get; }

    /// <summary>The values in the order of the layout.</summary>
    public ReadOnlySpan<FieldValue> Values => values;

    /// <summary>The value at a place of the layout.</summary>
    public FieldValue this[int ordinal] => values[ordinal];

    /// <summary>The value of a field by name.</summary>
    /// <exception cref="KeyNotFoundException">The layout lacks the field.</exception>
    public FieldValue this[string field] => Layout.IndexOf(field) is >= 0 and var ordinal
        ? values[ordinal]
        : throw new KeyNotFoundException($"The record of table '{Layout.Table}' carries no field '{field}'.");
}
