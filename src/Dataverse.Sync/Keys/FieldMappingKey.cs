namespace Dataverse.Sync;

/// <summary>The name of a field mapping: unique within its table mapping, and part of stored bases and conflicts.</summary>
/// <remarks>
/// The engine compares keys and never takes one apart, so a custom <see cref="IFieldMapping"/> may use any text. Renaming a key makes the
/// field mapping a new one that was never synchronized.
/// </remarks>
public readonly record struct FieldMappingKey
{
    private readonly string? text;

    /// <summary>Creates a key.</summary>
    /// <param name="value">The text of the key; compared by ordinal.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public FieldMappingKey(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        text = value;
    }

    /// <summary>The text of the key; empty in a default instance.</summary>
    public string Value => text ?? string.Empty;

    /// <summary>Returns the standard key of a field mapping between two fields: both names, separated by <c>&gt;</c>.</summary>
    /// <param name="localField">The local field, or null for a constant.</param>
    /// <param name="integrationField">The integration column, or null for a constant.</param>
    /// <returns>The key, such as <c>phoneNumber&gt;telephone1</c>.</returns>
    public static FieldMappingKey Between(string? localField, string? integrationField) => new($"{localField}>{integrationField}");

    /// <summary>Converts a text to a key.</summary>
    /// <param name="value">The text.</param>
    public static implicit operator FieldMappingKey(string value) => new(value);

    /// <summary>Converts a text to a key.</summary>
    /// <param name="value">The text.</param>
    /// <returns>The key.</returns>
    public static FieldMappingKey FromString(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(FieldMappingKey other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
