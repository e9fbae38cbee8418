namespace Dataverse.Sync;

/// <summary>A record as a connector read it: its id, its version, and the values of its fields.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public sealed class TableRecord
{
    private readonly FieldValue[] values;

    /// <summary>Initializes a new instance of the <see cref="TableRecord"/> class.</summary>
    /// <param name="layout">The fields of the record.</param>
    /// <param name="id">The id of the record.</param>
    /// <param name="values">
    /// The values, in the order of the layout. The array is not copied and must not be changed afterward.
    /// </param>
    /// <param name="version">The version tag of the record, or null if its system has none.</param>
    /// <param name="modifiedOn">When its system says that the record was last changed, or null if unknown.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="layout"/> or <paramref name="values"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The number of values differs from the number of fields in the layout.
    /// </exception>
    public TableRecord(
        RecordLayout layout, Guid id, FieldValue[] values, string? version = null, DateTimeOffset? modifiedOn = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != layout.Fields.Count)
        {
            throw new ArgumentException(
                "The number of values must equal the number of fields in the layout.", nameof(values));
        }

        Layout = layout;
        Id = id;
        Version = version;
        ModifiedOn = modifiedOn;
        this.values = values;
    }

    /// <summary>The fields of the record.</summary>
    public RecordLayout Layout { get; }

    /// <summary>The id of the record, which never changes.</summary>
    public Guid Id { get; }

    /// <summary>The version tag of the record (an ETag in both clouds), or null if its system has none.</summary>
    /// <remarks>A version tag is opaque and can be compared for equality only.</remarks>
    public string? Version { get; }

    /// <summary>When its system says that the record was last changed, or null if unknown.</summary>
    public DateTimeOffset? ModifiedOn { get; }

    /// <summary>The values, in the order of the layout.</summary>
    public ReadOnlySpan<FieldValue> Values => values;

    /// <summary>Gets the value at an ordinal of the layout.</summary>
    /// <param name="ordinal">The ordinal, from <see cref="RecordLayout.IndexOf"/>.</param>
    /// <exception cref="IndexOutOfRangeException">The layout has no such ordinal.</exception>
    public FieldValue this[int ordinal] => values[ordinal];

    /// <summary>Gets the value of a field.</summary>
    /// <param name="field">The name of the field, case-sensitive.</param>
    /// <exception cref="KeyNotFoundException">The layout does not contain the field.</exception>
    public FieldValue this[string field] => Layout.IndexOf(field) is >= 0 and var ordinal
        ? values[ordinal]
        : throw new KeyNotFoundException($"The record of table '{Layout.Table}' does not contain field '{field}'.");
}
